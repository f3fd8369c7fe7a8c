/* Filters and sorts the rows of a list. The state stands in the address, so it can be linked and reloaded. */
(function () {
  "use strict";
  var form = document.querySelector("form.filter");
  var list = form && document.getElementById(form.dataset.list);
  if (!list) return;
  var said = document.querySelector(".found");
  var more = form.dataset.rows; // the rest of a long list, loaded when it is first needed
  var LIMIT = 100;
  var letters = new Intl.Collator(document.documentElement.lang);
  var rows = read();
  var shown = rows.map(function (row) { return row.element; });
  var sort = null;

  function read() {
    return Array.prototype.map.call(list.querySelectorAll("[data-w]"), function (element) {
      var data = element.dataset;
      return { element: element, text: fold(element.textContent + " " + data.w), data: data };
    });
  }

  function fold(text) {
    return text.normalize("NFKC").toLowerCase().replace(/台/g, "臺").replace(/\s+/g, " ");
  }

  // --- Filtering

  function wanted() {
    var tests = [];
    var words = fold(form.elements.w.value).trim().split(" ").filter(Boolean);
    if (words.length) tests.push(function (row) { return words.every(function (word) { return row.text.indexOf(word) >= 0; }); });
    form.querySelectorAll("select").forEach(function (select) {
      if (select.value) tests.push(function (row) { return (" " + row.data[select.name] + " ").indexOf(" " + select.value + " ") >= 0; });
    });
    var days = form.querySelector("input[name=d]:checked");
    if (days && days.value !== "") tests.push(function (row) { return Number(row.data.d) <= Number(days.value); });
    var ways = Array.prototype.map.call(form.querySelectorAll("input[name=c]:checked"), function (box) { return box.value; });
    if (ways.length) tests.push(function (row) { return ways.some(function (way) { return row.data.c.indexOf(way) >= 0; }); });
    return tests;
  }

  function apply() {
    var tests = wanted();
    if (more && (tests.length || sort)) return load();
    if (window.mingshiRows) return; // they are on their way, and are filtered when they come
    var own = rows.filter(function (row) { return tests.every(function (test) { return test(row); }); });
    if (sort) own = sorted(own);
    show(own, tests.length > 0);
  }

  function sorted(own) {
    var sign = sort.down ? -1 : 1;
    return own.slice().sort(function (a, b) {
      var x = key(a), y = key(b);
      return sign * (typeof x === "number" ? x - y : letters.compare(x, y));
    });
  }

  function key(row) {
    if (sort.by === "d" || sort.by === "f") return Number(row.data[sort.by]);
    var cell = row.element ? row.element.cells[sort.column] : null;
    return cell ? cell.textContent.trim() : row.cells[sort.column];
  }

  function show(own, filtered) {
    shown.forEach(function (element) { element.hidden = true; });
    var top = own.slice(0, LIMIT);
    shown = top.map(function (row) { return row.element || (row.element = build(row)); });
    var place = list.tBodies && list.tBodies[0];
    shown.forEach(function (element) {
      element.hidden = false;
      if (place && (sort || !element.parentNode)) place.appendChild(element);
    });
    list.querySelectorAll("section, table").forEach(function (group) {
      group.hidden = !group.querySelector("[data-w]:not([hidden])");
    });
    var words = !own.length ? form.dataset.none : own.length > LIMIT ? form.dataset.many : form.dataset.some;
    said.textContent = filtered || own.length > LIMIT ? words.replace("{n}", own.length).replace("{limit}", LIMIT) : "";
    list.hidden = !own.length;
  }

  // --- A long list: its rows come as data

  function load() {
    var script = document.createElement("script");
    script.src = more;
    more = null;
    window.mingshiRows = function (data) {
      delete window.mingshiRows;
      rows = data.rows.map(function (own) {
        var names = data.names;
        return {
          element: null,
          href: own[0],
          cells: [own[1], own[2], own[4], own[5].split("").map(function (way) { return names.c[way]; }).join(names.join), names.u[own[6]]],
          counted: own[3],
          data: { d: String(own[7]), f: String(own[8]), c: own[5], u: own[6], t: own[9] },
          text: fold(own[1] + " " + names.u[own[6]] + " " + own[10])
        };
      });
      document.querySelectorAll("[data-directory]").forEach(function (element) { element.hidden = true; });
      list.closest("[hidden]") && (list.closest("[hidden]").hidden = false);
      shown = [];
      apply();
    };
    document.head.appendChild(script);
  }

  function build(row) {
    var line = document.createElement("tr");
    var heads = list.tHead.rows[0].cells;
    row.cells.forEach(function (text, column) {
      var cell = document.createElement(column ? "td" : "th");
      if (!column) {
        var link = document.createElement("a");
        link.href = row.href;
        link.textContent = text;
        cell.scope = "row";
        cell.appendChild(link);
      } else {
        cell.dataset.label = (heads[column].querySelector(".sort") || heads[column]).textContent.trim();
        if (column === 1) days(cell, text, row.counted);
        else cell.textContent = text;
      }
      line.appendChild(cell);
    });
    return line;
  }

  function days(cell, number, counted) {
    var place = cell.appendChild(document.createElement("span"));
    place.className = "day";
    var big = place.appendChild(document.createElement("b"));
    big.textContent = number;
    if (counted) place.appendChild(document.createTextNode(" " + counted));
    else big.className = "word";
  }

  // --- State in the address

  function remember() {
    var state = new URLSearchParams();
    new FormData(form).forEach(function (value, name) { if (value !== "") state.append(name, value); });
    if (sort) state.set("sort", (sort.down ? "-" : "") + sort.column);
    var query = state.toString();
    try { history.replaceState(null, "", location.pathname + (query ? "?" + query : "") + location.hash); } catch (fault) { /* file:// */ }
  }

  function recall() {
    var state = new URLSearchParams(location.search);
    Array.prototype.forEach.call(form.elements, function (field) {
      if (!field.name) return;
      var values = state.getAll(field.name);
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.length ? values.indexOf(field.value) >= 0 : field.defaultChecked;
      else field.value = values[0] || "";
    });
    var order = state.get("sort");
    var button = order && list.querySelectorAll("thead th")[Math.abs(parseInt(order, 10))];
    button = button && button.querySelector(".sort");
    if (button) choose(button, order.charAt(0) === "-");
    var folded = form.querySelector("details");
    if (folded) folded.open = Array.prototype.some.call(folded.querySelectorAll("select, input"), function (field) {
      return field.type === "checkbox" || field.type === "radio" ? field.checked && field.value : field.value;
    });
  }

  function choose(button, down) {
    var head = button.closest("th");
    list.querySelectorAll("[aria-sort]").forEach(function (other) { other.removeAttribute("aria-sort"); });
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    sort = { column: head.cellIndex, by: button.dataset.by, down: down };
    var first = list.caption.querySelector("span"); // how the rows stood before anyone sorted them
    if (first) first.hidden = true;
  }

  var waiting = 0;
  form.addEventListener("input", function () {
    clearTimeout(waiting);
    waiting = setTimeout(function () { apply(); remember(); }, 25);
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    apply();
    remember();
  });
  list.addEventListener("click", function (event) {
    var button = event.target.closest(".sort");
    if (!button) return;
    choose(button, button.closest("th").getAttribute("aria-sort") === "ascending");
    apply();
    remember();
  });
  recall();
  if (location.search) apply();
})();
