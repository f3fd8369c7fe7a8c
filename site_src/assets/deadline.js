/* The latest day of a reply: the arithmetic of hooks/mingshi/deadlines.py, and the fields that ask for a date. */
(function () {
  "use strict";
  var here = document.currentScript ? document.currentScript.src : "";
  var DAY = 1440; // minutes
  var EPOCH = 719163; // 1 January 1970, in the days of Python's calendar

  // --- The arithmetic. Days are numbered, moments are minutes since day 0; null is beyond the calendar.

  function officeDays(data) {
    var off = {}, worked = {}, years = Object.keys(data.years).map(Number);
    years.forEach(function (year) {
      data.years[year][0].split(" ").forEach(function (day) { if (day) off[dayOf(year, day)] = true; });
      data.years[year][1].split(" ").forEach(function (day) { if (day) worked[dayOf(year, day)] = true; });
    });
    var first = number(Math.min.apply(null, years), 1, 1), last = number(Math.max.apply(null, years), 12, 31);
    return {
      first: first, last: last, shifts: data.shifts, provisional: data.provisional,
      works: function (day) {
        if (day < first || day > last) throw BEYOND;
        return worked[day] === true || ((day + 6) % 7 < 5 && off[day] !== true);
      }
    };
  }

  var BEYOND = { name: "BeyondCalendar" };

  function number(year, month, day) { return Date.UTC(year, month - 1, day) / 864e5 + EPOCH; }
  function dayOf(year, monthAndDay) { return number(year, Number(monthAndDay.slice(0, 2)), Number(monthAndDay.slice(2))); }

  function parse(text) {
    var parts = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?/.exec(text);
    return parts && number(+parts[1], +parts[2], +parts[3]) * DAY + (parts[4] ? +parts[4] * 60 + +parts[5] : 0);
  }

  function parts(day) {
    var date = new Date((day - EPOCH) * 864e5);
    return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
  }

  function write(minutes, timed) {
    var text = new Date((Math.floor(minutes / DAY) - EPOCH) * 864e5 + (minutes % DAY) * 6e4).toISOString();
    return text.slice(0, timed ? 16 : 10);
  }

  // 15 day calendar; "first" at its end where the day of the event counts
  function length(text) {
    var words = (text || "").split(" ");
    return words.length < 3 ? null : { value: Number(words[0]), unit: words[1], counting: words[2], first: words[3] === "first" };
  }

  function due(received, limit, days, pauses, more) {
    var gaps = merged(pauses || []);
    try {
      days.works(Math.floor(received / DAY));
      var end = endOf(received, limit, gaps, days);
      var extended = more ? endOf(end.last + (more.unit === "hour" && limit.unit !== "hour" ? DAY : 0), more, gaps, days) : null;
      return { end: end, extended: extended };
    } catch (fault) {
      if (fault === BEYOND) return null;
      throw fault;
    }
  }

  function endOf(start, limit, gaps, days) {
    if (limit.unit === "hour") {
      var moment = hours(start, limit, gaps, days);
      return { counted: moment, last: moment };
    }
    var first = Math.floor(start / DAY) + (limit.first ? 0 : 1);
    var stops = gaps.map(function (gap) { return [Math.max(Math.floor(gap[0] / DAY), first - 1), Math.floor(gap[1] / DAY)]; });
    var counted = (limit.unit === "month" ? months : countDays)(first, limit, stops, days);
    for (var last = counted; !days.works(last);) last += 1;
    return { counted: counted * DAY, last: last * DAY };
  }

  function countDays(first, limit, stops, days) {
    var day = first - 1;
    for (var left = limit.value; left;) {
      day += 1;
      var works = days.works(day);
      var stands = stops.some(function (stop) { return stop[0] < day && day <= stop[1]; });
      if (!stands && (limit.counting === "calendar" || works)) left -= 1;
    }
    return day;
  }

  function months(first, limit, stops) {
    var start = parts(first), ahead = start.month - 1 + limit.value;
    var year = start.year + Math.floor(ahead / 12), month = ahead % 12 + 1;
    var after = number(year + Math.floor(month / 12), month % 12 + 1, 1);
    var end = start.day > after - number(year, month, 1) ? after - 1 : number(year, month, start.day) - 1;
    stops.forEach(function (stop) { if (stop[0] < end && stop[1] > stop[0]) end += stop[1] - stop[0]; });
    return end;
  }

  function hours(start, limit, gaps, days) {
    var left = limit.value * 60, open = openTime(start, limit.counting, gaps, days);
    for (var stretch = open(); ; stretch = open()) {
      if (left <= stretch[1] - stretch[0]) return stretch[0] + left;
      left -= stretch[1] - stretch[0];
    }
  }

  // The stretches that count from a moment on, one at each call
  function openTime(start, counting, gaps, days) {
    var day = Math.floor(start / DAY), ready = [];
    return function () {
      while (!ready.length) {
        var works = days.works(day);
        ready = stretches(day, start, counting === "calendar" ? [[0, DAY]] : works ? days.shifts : [], gaps);
        day += 1;
      }
      return ready.shift();
    };
  }

  function stretches(day, start, shifts, gaps) {
    var found = [];
    shifts.forEach(function (shift) {
      var begin = Math.max(start, day * DAY + shift[0]), end = day * DAY + shift[1];
      gaps.forEach(function (gap) {
        if (begin < Math.min(gap[0], end)) {
          found.push([begin, Math.min(gap[0], end)]);
          begin = Math.min(gap[0], end);
        }
        if (gap[0] < end) begin = Math.max(begin, gap[1]);
      });
      if (begin < end) found.push([begin, end]);
    });
    return found;
  }

  function merged(pauses) {
    var reached = 0, found = [];
    pauses.slice().sort(function (a, b) { return a[0] - b[0] || a[1] - b[1]; }).forEach(function (pause) {
      var begin = Math.max(pause[0], reached);
      if (pause[1] > begin) {
        found.push([begin, pause[1]]);
        reached = pause[1];
      }
    });
    return found;
  }

  window.mingshiDeadlines = { officeDays: officeDays, due: due, length: length, parse: parse, write: write };

  // --- The page

  var section = document.querySelector(".deadline");
  if (!section) return;
  var limit = length(section.dataset.limit), more = length(section.dataset.more), timed = limit.unit === "hour";
  var words, days, fields = {}, kept = null;
  // Other scripts of the page may wait for the same words.
  var others = window.mingshiWords;
  window.mingshiWords = function (all) {
    if (others) others(all);
    if (words) return;
    words = all[document.documentElement.lang];
    load("calendar.js");
  };
  window.mingshiCalendar = function (data) {
    days = officeDays(data);
    build();
  };
  load("words.js");

  function load(file) {
    var script = document.createElement("script");
    script.src = here.replace("deadline.js", file);
    script.onerror = function () { section.classList.add("on"); };
    document.head.appendChild(script);
  }

  function make(tag, attributes, children) {
    var element = document.createElement(tag);
    Object.keys(attributes).forEach(function (name) { element.setAttribute(name, attributes[name]); });
    (children || []).forEach(function (child) { element.append(child); });
    return element;
  }

  // Days of an office are days in Taipei, wherever the reader is.
  function now() { return Math.floor(Date.now() / 6e4) + 480 + EPOCH * DAY; }

  function build() {
    var label = timed ? "deadline.ask.moment" : begins() ? "deadline.ask.start" : "deadline.ask.day";
    var today = make("button", { type: "button", "class": "btn line2" }, [words[timed ? "deadline.now" : "deadline.today"]]);
    // No form: there is nothing to send, every change is answered at once.
    var asked = make("div", { "class": "ask-day" }, [
      make("div", { "class": "row" }, [field("received", words[label]), today]),
      make("details", {}, [
        make("summary", {}, [section.dataset.pause === words["deadline.pause"] ? words["deadline.stop"] : section.dataset.pause]),
        make("div", { "class": "row" }, [
          field("after", section.dataset.pause === words["deadline.pause"] ? words["deadline.stop.after"] : words["deadline.from"]),
          field("until", section.dataset.pause === words["deadline.pause"] ? words["deadline.stop.until"] : words["deadline.until"])
        ])
      ])
    ]);
    section.insertBefore(asked, section.querySelector(".says"));
    section.classList.add("on");
    asked.addEventListener("input", answer);
    // The example is a word longer than the first answer: the line that it may take more stays until somebody asks.
    var says = section.querySelector(".says");
    says.setAttribute("role", "status");
    says.style.minHeight = says.offsetHeight + "px";
    asked.addEventListener("input", function () { says.style.minHeight = ""; }, { once: true });
    today.addEventListener("click", function () {
      fields.received.value = write(now(), timed);
      answer();
    });
    today.click();
  }

  function field(name, label) {
    var id = "deadline-" + name, ends = timed ? ["T00:00", "T23:59"] : ["", ""];
    fields[name] = make("input", {
      id: id, name: name, type: timed ? "datetime-local" : "date", autocomplete: "off",
      min: write(days.first * DAY, false) + ends[0], max: write(days.last * DAY, false) + ends[1]
    });
    return make("div", { "class": "f" }, [make("label", { "for": id }, [label]), fields[name]]);
  }

  function answer() {
    var received = parse(fields.received.value), pause = [parse(fields.after.value), parse(fields.until.value)];
    if (received === null) return;
    var wrong = pause[0] !== null && pause[1] !== null && pause[1] < pause[0] ? words["deadline.stop.order"] : "";
    fields.until.setCustomValidity(wrong);
    var gaps = pause[0] !== null && pause[1] !== null && !wrong ? [pause] : [];
    var found = due(received, limit, days, gaps, more);
    section.querySelector(".says").textContent = wrong || (found ? say(result(), {
      date: moment(received, timed, "deadline.date"), last: moment(found.end.last, timed, "deadline.date")
    }) : say("deadline.beyond", { first: date(days.first, "deadline.date"), last: date(days.last, "deadline.date") }));
    show(wrong ? null : found, received, gaps);
  }

  function result() {
    if (!begins()) return "deadline.result";
    return timed || limit.first ? "deadline.result.moment" : "deadline.result.start";
  }

  function show(found, received, gaps) {
    var old = section.querySelector(".line"), note = section.querySelector(".note"), line = make("ol", { "class": "line" });
    var list = found ? stations(found, received, gaps) : [];
    list.forEach(function (station) {
      line.append(make("li", { "class": station.style }, [
        make("span", { "class": "when" }, [station.when]), make("h3", {}, [station.name]), make("p", {}, [station.note])
      ]));
    });
    if (old) old.replaceWith(line); else section.querySelector(".says").after(line);
    line.hidden = !found;
    if (!note) line.after(note = make("p", { "class": "note" }));
    note.textContent = found ? provisional(received, (found.extended || found.end).last) : "";
    note.hidden = !note.textContent;
    offer(found, received);
  }

  function stations(found, received, gaps) {
    var year = parts(Math.floor(received / DAY)).year, own = firstStation();
    var list = [{ style: "hub", when: short(received, timed, year), name: own.name, note: own.note.cloneNode(true) }];
    gaps.forEach(function (gap) {
      if (gap[0] < found.end.counted && gap[1] > gap[0]) list.push({
        style: "later", name: section.dataset.pause, note: words["deadline.pause.note"],
        when: say("range", { start: short(gap[0], timed, year, true), end: short(gap[1], timed, year, true) })
      });
    });
    list.push({
      style: found.extended ? "stop later" : "stop", when: short(found.end.last, timed, year),
      name: words["deadline.last"], note: reason(found.end)
    });
    if (found.extended) list.push({
      style: "stop maybe", when: short(found.extended.last, more.unit === "hour", year), name: words["deadline.extended"],
      note: say("deadline.extended.note", { time: say("time", { n: more.value, unit: words[more.unit + (more.value === 1 ? ".one" : "")] }) })
    });
    return list;
  }

  // What the page says of its first stop, in its own words where the service has some
  function firstStation() {
    var stop = section.querySelector(".line li"), note = document.createDocumentFragment();
    if (!kept && stop) {
      kept = { name: stop.querySelector("h3").textContent, note: note };
      note.append.apply(note, Array.prototype.slice.call(stop.querySelector("p").cloneNode(true).childNodes));
    }
    if (kept) return kept;
    note.append(words[timed ? "deadline.clock" : limit.first ? "deadline.same" : "deadline.next"]);
    return (kept = { name: words["deadline.received"], note: note });
  }

  function begins() { return firstStation().name === words["deadline.start"]; }

  function reason(end) {
    var nth = say("deadline.nth." + (limit.unit === "day" ? "day." + limit.counting : limit.unit), { n: limit.value });
    if (end.counted === end.last) return nth;
    var counted = end.counted / DAY, monday = (counted + 6) % 7 === 5 && end.last - end.counted === 2 * DAY;
    var day = short(end.counted, timed, parts(Math.floor(end.last / DAY)).year);
    return say(monday ? "deadline.moved.saturday" : "deadline.moved", { nth: nth, day: day });
  }

  function provisional(received, last) {
    var from = parts(Math.floor(received / DAY)).year, until = parts(Math.floor(last / DAY)).year;
    var years = days.provisional.filter(function (year) { return from <= year && year <= until; });
    if (!years.length) return "";
    var said = years.map(function (year) { return say("period.year", { roc: year - 1911, year: year }); });
    return say("deadline.provisional", { years: said.join(words["join.list"]) });
  }

  // --- Words

  function say(word, facts) {
    return words[word].replace(/\{(\w+)\}/g, function (all, name) { return facts[name]; });
  }

  function date(day, form, bare) {
    var own = parts(day), months = words["deadline.months"].split(" "), weekdays = words["deadline.weekdays"].split(" ");
    var said = say(form, { roc: own.year - 1911, year: own.year, month: months[own.month - 1], day: own.day });
    return bare ? said : say("deadline.date.weekday", { date: said, weekday: weekdays[(day + 6) % 7] });
  }

  function moment(minutes, withTime, form, bare) {
    var said = date(Math.floor(minutes / DAY), form, bare);
    return withTime ? say("deadline.date.time", { date: said, time: write(minutes, true).slice(11) }) : said;
  }

  function short(minutes, withTime, year, bare) {
    var same = parts(Math.floor(minutes / DAY)).year === year;
    return moment(minutes, withTime, same ? "deadline.date.short" : "deadline.date", bare);
  }

  // --- The file for a calendar

  function offer(found, received) {
    var link = section.querySelector(".ics");
    if (!link) {
      link = make("a", { "class": "ics" }, [words["deadline.ics"]]);
      section.append(make("p", { "class": "file" }, [link]));
    }
    link.hidden = !found;
    if (!found) return;
    if (link.href.indexOf("blob:") === 0) URL.revokeObjectURL(link.href);
    link.href = URL.createObjectURL(new Blob([event(found.end.last, received)], { type: "text/calendar;charset=utf-8" }));
    link.download = name() + ".ics";
  }

  function name() {
    var path = page().replace(/(index\.html)?$/, "").split("/").filter(Boolean);
    return path[path.length - 1];
  }

  function page() { return document.querySelector("link[rel=canonical]").href; }

  function event(last, received) {
    var day = write(last, false).replace(/-/g, "");
    var starts = timed ? ":" + write(last - 480, true).replace(/[-:]/g, "") + "00Z" : ";VALUE=DATE:" + day;
    var title = document.querySelector("h1").textContent.trim();
    return [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Mingshi//Deadline//EN", "BEGIN:VEVENT",
      "UID:" + name() + "-" + day + "@" + new URL(page()).hostname,
      "DTSTAMP:" + write(received, false).replace(/-/g, "") + "T000000Z",
      "DTSTART" + starts,
      "SUMMARY:" + escape(say("deadline.event", { title: title })),
      "URL:" + page(),
      "END:VEVENT", "END:VCALENDAR"
    ].map(function (line) { return fold(line) + "\r\n"; }).join("");
  }

  function escape(text) { return text.replace(/\\/g, "\\\\").replace(/;/g, "\\;").replace(/,/g, "\\,"); }

  // Lines hold at most 75 bytes; what is longer goes on after a blank.
  function fold(line) {
    var lines = [""], size = 0, encoder = new TextEncoder();
    Array.from(line).forEach(function (sign) {
      var bytes = encoder.encode(sign).length;
      size += bytes;
      if (size > 74) {
        lines.push("");
        size = bytes;
      }
      lines[lines.length - 1] += sign;
    });
    return lines.join("\r\n ");
  }
})();
