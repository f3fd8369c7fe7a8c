/* The search field on every page but that of results: links to choose from while one types, in search.js's words. */
(() => {
  "use strict";
  const { tag, search, cards, facet, tell, make, link, later } = window.mingshiSearch.kit;

  const suggest = (field) => {
    const { form } = field, list = make("div", { id: "picks", className: "picks", hidden: true }), said = make("p", { className: "vh" });
    const set = (element, names) => Object.entries(names).forEach((name) => element.setAttribute(...name));
    let chosen;
    const choose = (own) => {
      if (chosen) set(chosen, { "aria-selected": false });
      chosen = own;
      if (own) { set(own, { "aria-selected": true }); own.scrollIntoView({ block: "nearest" }); }
      set(field, { "aria-expanded": !list.hidden, "aria-activedescendant": own ? own.id : "" });
    };
    const close = () => { list.hidden = true; choose(); };
    const open = later(() => {
      const question = field.value;
      if (!question.trim()) return close();
      search(question, 1, tag).then((found) => cards(found, found.hits.slice(0, 6)).then((all) => {
        if (question !== field.value || document.activeElement !== field) return;
        choose();
        list.replaceChildren(...all.map((card, at) => {
          const one = link(found.book, card[0], card[1], make("small", {}, ` ${facet(found.book, 0, found.hits[at])} ${card[7] || ""}`));
          set(one, { id: `pick${at}`, role: "option", tabindex: -1, "aria-selected": false });
          return one;
        }));
        said.textContent = tell(found);
        list.hidden = !all[0];
        choose();
      }));
    });
    set(list, { role: "listbox", "aria-label": form.getAttribute("aria-label") });
    set(said, { role: "status" });
    set(field, { role: "combobox", "aria-autocomplete": "list", "aria-controls": "picks" });
    form.append(list, said);
    choose();
    field.addEventListener("input", open);
    field.addEventListener("blur", close);
    list.addEventListener("mousedown", (event) => event.preventDefault());
    field.addEventListener("keydown", (event) => {
      const { key } = event, down = key === "ArrowDown";
      if (down || key === "ArrowUp") {
        if (list.hidden) open();
        else choose(chosen ? chosen[down ? "nextSibling" : "previousSibling"] : list[down ? "firstChild" : "lastChild"]);
      } else if (key === "Enter" && chosen) chosen.click();
      else if (key === "Escape" && !list.hidden) close();
      else return;
      event.preventDefault();
    });
    if (field.value) open();
  };

  document.querySelectorAll("[role=search] [name=q]").forEach(suggest);
})();
