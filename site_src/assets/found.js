/* The page of results, in search.js's words. What is asked stands in the address, so it can be linked and reloaded. */
(() => {
  "use strict";
  const { tag, open, search, cards, facet, tell, make, link, later, foldLetter, cut, packed } = window.mingshiSearch.kit;
  const place = document.getElementById("found"), browse = document.getElementById("browse");
  const field = place.parentNode.querySelector("input[name=q]"), form = field.form;
  const FACETS = ["k", "o", "t"], AT_ONCE = 10;
  const chosen = {};
  let asked, shown;

  // For every letter of a text, whether it is of what was found
  const marksOf = ({ book, concepts }, text) => {
    const terms = new Set(), marks = [], places = [];
    let folded = "";
    Array.from(text).forEach((letter, at) => Array.from(foldLetter(book, letter)).forEach((own) => { folded += own; places.push(at); }));
    const tokens = cut(book, folded).map(([term, kind, start, end]) => [kind === "word" ? packed(book, `~${term}`) : term, start, end]);
    const said = new Set(tokens.map(([own]) => own));
    concepts.forEach(({ ways, weight }) => ways.forEach(([all], at) => {
      const own = all.map((term) => term[0] === "~" ? packed(book, term) : term);
      // Another way to say it shows only as a whole
      if (weight >= .5 && (!at || own.every((term) => said.has(term)))) own.forEach((term) => term && terms.add(term));
    }));
    tokens.forEach(([own, start, end]) => {
      if (terms.has(own)) for (let at = start; at < end; at++) marks[places[at]] = true;
    });
    return marks;
  };

  // Pieces by turns found and not found
  const pieces = (letters, marks) => {
    const parts = [];
    letters.forEach((letter, at) => {
      if (at && !marks[at] === !marks[at - 1]) parts[parts.length - 1][0] += letter;
      else parts.push([letter, marks[at]]);
    });
    return parts;
  };
  const painted = (parts) => parts.map(([own, mark]) => mark ? make("mark", {}, own) : own);
  const marked = (found, text) => painted(pieces(Array.from(text), marksOf(found, text)));

  // Of a longer text the sentences that say most of what was found, each part of it counted once
  const passage = (found, text) => {
    const letters = Array.from(text), marks = marksOf(found, text), room = /[\u3000-\u9fff]/.test(text) ? 100 : 220;
    const inside = (start) => pieces(letters.slice(start, start + room), marks.slice(start, start + room));
    let best = 0, most = -1;
    letters.forEach((letter, at) => {
      if (at && !/[。！？!?；;]/.test(letters[at - 1]) && !(letter === " " && letters[at - 1] === ".")) return;
      const said = new Set(inside(at).filter(([, mark]) => mark).map(([own]) => own)), worth = Array.from(said).join("").length;
      if (worth > most || (best && worth === most)) { best = at; most = worth; }
    });
    const parts = painted(inside(best));
    return [...best ? ["… "] : [], ...parts, ...best + room < letters.length ? ["…"] : []];
  };

  const row = (found, hit, card) => {
    const { book } = found, { w } = book.common;
    const facts = make("p", { className: "row facts" }, ...card.slice(7, 9).map((fact) => make("b", {}, fact)));
    if (card[9]) facts.append(make("span", {}, `${w.form} `, link(book, card[10], card[9])));
    return make("li", {},
      make("p", { className: "note" }, [facet(book, 0, hit), card[3]].filter(Boolean).join("　")),
      make("h2", {}, link(book, card[0], ...marked(found, card[1]))),
      ...(card[7] ? [facts] : []),
      make("p", {}, ...passage(found, card[2])));
  };

  // --- Narrowing down: by kind with buttons, by office and topic with lists

  const fits = (found, hit, but) => FACETS.every((name, at) => name === but || !chosen[name] || facet(found.book, at, hit) === chosen[name]);

  const choices = (found) => {
    const { w } = found.book.common, bar = make("div", { className: "narrow" });
    FACETS.forEach((name, at) => {
      const counts = new Map(), hits = found.hits.filter((hit) => fits(found, hit, name));
      hits.forEach((hit) => {
        const own = facet(found.book, at, hit);
        if (own) counts.set(own, (counts.get(own) || 0) + 1);
      });
      if (counts.size < 2 && !chosen[name]) return;
      const all = [["", w.all, hits.length], ...Array.from(counts, ([own, number]) => [own, own, number])];
      if (name === "k") {
        const group = make("div", { className: "row", role: "group", id: "kinds" }, ...all.map(([own, label, number]) => {
          const button = make("button", { type: "button", className: "chip", onclick: () => choose(name, own) }, `${label} ${number}`);
          button.setAttribute("aria-pressed", (chosen[name] || "") === own);
          return button;
        }));
        group.setAttribute("role", "group");
        group.setAttribute("aria-label", w.kind);
        bar.append(group);
      } else {
        const list = make("select", { onchange: () => choose(name, list.value) }, ...all.map(([own, label, number]) => make("option", { value: own }, `${label} ${number}`)));
        list.value = chosen[name] || "";
        bar.append(make("label", {}, at === 1 ? w.office : w.topic, " ", list));
      }
    });
    return bar.firstChild ? [bar] : [];
  };

  const choose = (name, own) => {
    chosen[name] = own;
    remember(false);
    const at = document.activeElement && Array.from(place.querySelectorAll("button, select")).indexOf(document.activeElement);
    paint(shown).then(() => {
      const next = place.querySelectorAll("button, select")[at];
      if (next) next.focus();
    });
  };

  // --- The page

  const contact = (found, card) => {
    const { w, u } = found.book.common, [name, phone, tel] = card && card[3] ? [card[3], card[5], card[6]] : u;
    return make("p", {}, `${w.contact} `, make("a", { href: `tel:${tel}` }, `${w.ask.replace("{unit}", name)} ${phone}`));
  };

  const paint = (found, more) => {
    const own = found.hits.filter((hit) => fits(found, hit)), top = own.slice(0, more || AT_ONCE), { w } = found.book.common;
    return cards(found, top).then((all) => {
      if (asked !== found.question) return;
      shown = found;
      const parts = [make("p", { className: "lead" }, tell(found))];
      parts[0].setAttribute("role", "status");
      if (found.hints[0]) parts.push(make("p", { className: "note" }, w.also, found.hints.join("、")));
      if (found.close) parts.push(contact(found, all[0]));
      parts.push(...choices(found), make("ol", { className: "hits" }, ...top.map((hit, at) => row(found, hit, all[at]))));
      if (own.length > top.length) parts.push(make("p", {}, make("button", { type: "button", className: "btn line2", onclick: () => paint(found, top.length + AT_ONCE) }, w.more)));
      const status = place.querySelector("[role=status]");
      if (status) { status.textContent = parts[0].textContent; parts[0] = status; }
      while (place.lastChild && place.lastChild !== status) place.removeChild(place.lastChild);
      place.append(...parts.filter((each) => each !== status));
      place.removeAttribute("aria-busy");
      browse.hidden = Boolean(own[0]);
    });
  };

  // The other languages, where they answer better
  const elsewhere = (found) => {
    const [sure, ahead] = found.book.common.v[0].slice(9);
    found.book.head.o.forEach(([other, name]) => {
      if (found.level < sure) search(found.question, false, other).then((theirs) => {
        if (theirs.close || theirs.level < found.level + ahead) return;
        const top = theirs.hits.slice(0, 3);
        return cards(theirs, top).then((all) => {
          if (asked !== found.question) return;
          const list = make("ul", { className: "plain" }, ...all.map((card) => make("li", { lang: other }, link(theirs.book, card[0], card[1]))));
          place.append(make("h2", {}, found.book.common.w.other.replace("{language}", name)), list);
        });
      });
    });
  };

  const run = (typing) => {
    const question = asked = field.value.trim();
    if (!question) {
      place.replaceChildren();
      browse.hidden = false;
      return;
    }
    if (!place.firstChild) { place.setAttribute("aria-busy", "true"); browse.hidden = true; }
    search(question, typing, tag).then((found) => {
      if (asked !== question) return;
      found.question = question;
      return paint(found).then(() => elsewhere(found));
    }).catch(() => { place.removeAttribute("aria-busy"); browse.hidden = false; });
  };

  const remember = (push) => {
    const state = new URLSearchParams();
    if (field.value.trim()) state.set("q", field.value.trim());
    FACETS.forEach((name) => { if (chosen[name]) state.set(name, chosen[name]); });
    const query = state.toString();
    try { history[push ? "pushState" : "replaceState"](null, "", location.pathname + (query ? `?${query}` : "")); } catch (fault) { /* file:// */ }
  };

  const recall = () => {
    const state = new URLSearchParams(location.search);
    field.value = state.get("q") || "";
    FACETS.forEach((name) => { chosen[name] = state.get(name) || ""; });
    run(false);
  };

  const anew = (push, typing) => {
    FACETS.forEach((name) => { chosen[name] = ""; });
    remember(push);
    run(typing);
  };
  field.addEventListener("input", later(() => anew(false, true)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    anew(field.value.trim() !== asked, false);
  });
  addEventListener("popstate", recall);
  open(tag).then(recall);
})();
