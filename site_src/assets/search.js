/* Cuts, understands and ranks as hooks/mingshi/search does, by the patterns and weights of the index; loaded on use. */
(() => {
  "use strict";
  const here = document.currentScript.src.replace(/search\.js.*/, "");
  const tag = document.documentElement.lang;
  const isPair = (own) => own.kind === "pair";
  const isHan = (text) => text > "\u3000";
  const find = (pattern, text, each) => text.replace(new RegExp(pattern, "g"), (...all) => { each(all[0], all[all.length - 2]); });

  // Every file calls mingshiSearch with its language, its number and its data

  const books = {}, scripts = {};
  window.mingshiSearch = (own, at, data) => {
    const book = books[own] = books[own] || { parts: [], lines: [], lists: {}, letters: {} };
    book.parts[at] = data;
    if (at < 0) { book.head = data; data.t = data.t.split("\t"); }
  };

  const load = (name) => scripts[name] = scripts[name] || new Promise((done, fail) => {
    const script = document.createElement("script");
    script.src = `${here}search/${name}.js`;
    script.onload = done;
    script.onerror = () => fail(delete scripts[name]);
    document.head.append(script);
  });

  const part = (own, at) => {
    const { parts, head: { f } } = books[own], name = f.substr(f[5] ? at * 5 : 0, 5);
    return load(`${own}-${name}`).then(() => { parts[at] = parts[at] || parts[name]; });
  };

  const open = (own) => load(own).then(() => part(own, 0)).then(() => {
    const book = books[own], common = book.parts[0];
    if (book.common) return book;
    book.common = common;
    Array.from(common.l[0], (letter, at) => { book.letters[letter] = common.l[1][at]; });
    book.folded = {};
    const group = (line) => line.split("\t").map((name) => ({ name, text: fold(book, name) }));
    const [official, everyday] = common.v[1], general = common.v[1][9];
    book.said = [].concat(
      ...common.y.map(group).map((all) => all.map((own) => Object.assign({
        others: all.map((it, at) => [it, at ? everyday : official]).filter(([it]) => it.name !== own.name)
      }, own))),
      ...common.e.map(group).map((all) => all.map((own, at) => Object.assign({ others: at ? [[all[0], general]] : [] }, own)))
    );
    return book;
  });

  const foldLetter = (book, letter) => book.folded[letter] = book.folded[letter] || Array.from(
    letter.normalize("NFKD").toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[\ud800-\udbff]./g, " "),
    (own) => book.letters[own] || own
  ).join("");
  const fold = (book, text) => Array.from(text, (letter) => foldLetter(book, letter)).join("").replace(new RegExp(book.common.r[0], "g"), "$1");
  const bare = (digits) => digits.replace(/^0+(?=.)/, "");

  const value = (book, numeral) => {
    let total = 0, section = 0, digit = 0, plain = "";
    for (const own of numeral) {
      const at = book.common.r[6].indexOf(own);
      plain += at;
      if (at < 10) digit = at;
      else if (at > 12) { total += (section + digit || 1) * 1e4; section = digit = 0; }
      else { section += (digit || 1) * Math.pow(10, at - 9); digit = 0; }
    }
    return /[十百千萬]/.test(numeral) ? `${total + section + digit}` : bare(plain);
  };

  // Tokens: [term, kind, start, end]
  const cut = (book, text) => {
    const found = [], [, piece, part, after, numeral, , , counted] = book.common.r;
    find(piece, text, (run, start) => {
      const end = start + run.length;
      if (isHan(run)) {
        if (!run[1]) found.push([run, "single", start, end]);
        for (let at = start + 1; at < end; at++) found.push([text[at - 1] + text[at], "pair", at - 1, at + 1]);
        find(numeral, run, (own, from) => {
          const to = from + own.length, next = run.charAt(to), number = value(book, own);
          if (own[1] || (next && counted.includes(next)) || run[from - 1] === "第") {
            found.push([number, "number", start + from, start + to]);
            if (next) found.push([number + next, "number", start + from, start + to + 1]);
          }
        });
      } else {
        const parts = [];
        find(part, run, (own, from) => parts.push([bare(own), own < ":" ? "number" : "word", start + from, start + from + own.length]));
        found.push(...parts);
        if (parts[1] && parts.some((own) => own[1] === "word")) found.push([parts.map((own) => own[0]).join(""), "code", start, end]);
        const last = parts.pop(), next = text.slice(end).match(after);
        if (next && last[1] === "number") found.push([last[0] + next[1], "number", last[2], end + next[0].length]);
      }
    });
    return found;
  };

  const root = (book, word) => {
    const short = word.replace(new RegExp(book.common.r[5]), "");
    return short.length < 3 || short === word ? word : root(book, short);
  };

  // What is not loaded yet is noted in `missing`
  let missing;
  const shardOf = (book, key) => {
    const starts = book.head.t;
    let at = starts.length;
    while (at && starts[at - 1] > key) at--;
    return at - 1;
  };

  const shard = (book, at) => {
    const text = at < 0 ? "" : book.parts[at + 1];
    if (text === undefined) missing.push(at + 1);
    else if (!book.lines[at]) {
      const own = book.lines[at] = {};
      for (const line of text.split("\n")) {
        const [key, list] = line.split(" "), [start, ...endings] = key.split(",");
        if (endings[0] === undefined) own[start] = list;
        endings.forEach((ending) => { own[`~${start}${ending}`] = list; });
      }
    }
    return book.lines[at];
  };

  // undefined: not loaded; null: no page says it
  const packed = (book, term) => {
    const word = term.replace("~", ""), own = shard(book, shardOf(book, isHan(word) ? word : word.slice(0, 3)));
    return own && (own[term] || null);
  };

  const numbers = (text) => {
    const list = [];
    let high = 0;
    for (const letter of text) {
      const code = letter.charCodeAt(0), digit = code - (code > 92 ? 36 : 35);
      if (digit < 46) { list.push(high * 46 + digit); high = 0; } else high = high * 45 + digit - 45;
    }
    return list;
  };

  // Rarity, then steps to the next record and levels
  const posting = (book, term) => {
    const text = packed(book, term);
    return text && (book.lists[text] = book.lists[text] || numbers(text));
  };
  const rarity = (book, term, none) => (posting(book, term) || [none])[0];

  const formsOf = (book, beginning) => {
    const found = [], last = shardOf(book, `${beginning}\uffff`);
    for (let at = Math.max(0, shardOf(book, beginning.slice(0, 3))); at <= last; at++) {
      found.push(...Object.keys(shard(book, at) || {}).filter((form) => form.startsWith(`~${beginning}`)));
    }
    return found.sort();
  };

  // A concept has ways to say it: [terms, [score, cover]]
  const distance = (one, other) => {
    let last, before = [], row = Array.from(`${other} `, (_, at) => at);
    for (let i = 0; i < one.length; i++) {
      [last, before, row] = [before, row, [i + 1]];
      for (let j = 0; j < other.length; j++) {
        row[j + 1] = Math.min(
          before[j] + (one[i] !== other[j]), before[j + 1] + 1, row[j] + 1,
          i && j && one[i] === other[j - 1] && one[i - 1] === other[j] ? last[j - 1] + 1 : 99
        );
      }
    }
    return row[other.length];
  };

  const concept = (book, [term, kind, start, end]) => {
    const { c, h, s, v: [[faint, half, strong, , , , , mixed], worth] } = book.common;
    const common = term[1] && h.includes(term) ? 2 : Array.from(term).filter((letter) => c.includes(letter)).length, pair = /pair|single/.test(kind), word = kind === "word";
    const ways = [[[word ? `~${term}` : term], [1, 1]]], exact = `${term}=`;
    if (word && packed(book, exact)) ways.push([[exact], worth[8]]);
    return word && ` ${s} `.includes(` ${term} `) ? [] : [{
      kind, start, end, ways,
      weight: pair ? common ? common < term.length ? mixed : faint : 1 : kind === "code" ? strong : /^\d+$/.test(term) ? half : 1,
      sure: word || (pair && !common)
    }];
  };

  const know = (book, own, last) => {
    const term = own.ways[0][0][0], worth = book.common.v[1];
    const forms = (beginning, order) => formsOf(book, beginning).map((form) => [order ? order(form) : 0, rarity(book, form), form])
      .sort((a, b) => a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : 1));
    const put = (list, most) => list.slice(0, most).forEach(([steps, , form], at, all) => steps === all[0][0] && own.ways.push([[form], worth[steps]]));
    if (last && term[2]) put(forms(term.slice(1), () => 3).filter((each) => each[2] !== term), 12);
    if (own.ways[1] || packed(book, term) !== null) return;
    const stem = root(book, term.slice(1)), limit = term.length < 5 ? 0 : term.length < 9 ? 1 : 2;
    put(formsOf(book, term[1]).filter((form) => root(book, form.slice(1)) === stem).map((form) => [2, 0, form]), 3);
    if (!own.ways[1]) put(forms(term[1], (form) => 3 + distance(term, form)).filter((each) => each[0] <= 3 + limit), 3);
  };

  // A text in which phrases are found whole, and whence each of its letters is
  const hay = (book, text) => {
    let out = "";
    const places = [];
    const put = (letters, at, step) => Array.from(letters, (letter, i) => {
      if (letter !== "的") { out += letter; places.push(at + (step ? i : 0)); }
    });
    find(book.common.r[1], text, (own, at) => {
      if (isHan(own)) return put(own, at, 1);
      put(` ${own.split(/[-_./]/).map((word) => root(book, word)).join(" ")}`, at);
      put(" ", at + own.length - 1);
    });
    return [out, places];
  };

  const phrases = (book, text) => {
    const [field, places] = hay(book, text), found = [], taken = [];
    for (const own of book.said) {
      if (!text.includes(own.text.slice(0, isHan(own.text) ? 1 : 2))) continue;
      const phrase = own.hay = own.hay || hay(book, own.text)[0], at = field.indexOf(phrase);
      if (phrase && at >= 0) found.push([places[at], places[at + phrase.length - 1] + 1, own.others]);
    }
    return found.sort((a, b) => a[0] - a[1] - b[0] + b[1]).filter(([start, end]) =>
      !taken.some(([a, b]) => a <= start && end <= b && b - a > end - start) && taken.push([start, end]));
  };

  const merged = (book, concepts, [start, end, others]) => {
    const inside = concepts.filter((own) => start <= own.start && own.end <= end);
    let [one] = inside;
    if (!one) return concepts;
    if (inside[1]) one = { start, end, weight: 1, sure: 1, ways: [[[].concat(...inside.map((own) => own.ways[0][0])), [1, 1]]] };
    one.ways.push(...others.map(([own, worth]) => [cut(book, own.text).map(([term, kind]) => kind === "word" ? `~${term}` : term), worth]));
    return concepts.map((own) => own === inside[0] ? one : own).filter((own) => {
      if (own === one) return 1;
      if (isPair(own) && own.start < end && start < own.end) { own.weight *= book.common.v[0][8]; own.sure = 0; }
      return !inside.includes(own);
    });
  };

  const understand = (book, question, typing) => {
    const text = fold(book, question), hints = [];
    let all = [].concat(...cut(book, text).map((token) => concept(book, token)));
    const known = all.map((own) => isPair(own) && packed(book, own.ways[0][0][0]));
    all.forEach((own, at) => {
      if (own.kind === "word") know(book, own, typing && own.end === text.length);
      if (!known[at] && isPair(own) && known[at - 1] && known[at + 1] && all[at - 1].end === own.start + 1 && all[at + 1].start === own.end - 1) own.sure = 0;
    });
    for (const phrase of phrases(book, text)) {
      all = merged(book, all, phrase);
      for (const [{ name }] of phrase[2].slice(0, 1)) if (!hints.includes(name)) hints.push(name);
    }
    return [all, hints];
  };

  const loosen = (book, concepts) => {
    const pairs = concepts.filter(isPair), [skipped, scattered] = book.common.v[1].slice(6);
    const term = (own) => own.ways[0][0][0];
    pairs.forEach((own, at) => {
      const next = pairs[at + 1];
      if (next && next.start === own.start + 1) [own, next].forEach((each) => each.ways.push([[term(own)[0] + term(next)[1]], skipped]));
    });
    pairs.forEach((own) => own.ways.push([Array.from(term(own)), scattered]));
  };

  const rank = (book, concepts) => {
    const totals = [], hits = [], [, , , , , least, ground] = book.common.v[0];
    const told = (terms) => terms.reduce((sum, term) => sum + rarity(book, term, book.common.n >> 1), 0);
    let asked = 0;
    for (const { ways, weight, sure } of concepts) {
      const base = told(ways[0][0]), best = [];
      for (const [terms, worth] of ways) {
        const all = told(terms), sums = [];
        for (const term of terms) {
          const list = posting(book, term) || [];
          for (let at = 1, record = 0; at < list.length; at += 2) {
            record += list[at];
            const sum = sums[record] = sums[record] || [0, 0];
            sum[0] += list[0] * list[at + 1];
            sum[1] += list[0];
          }
        }
        sums.forEach((sum, record) => {
          const own = best[record] = best[record] || [0, 0];
          sum.forEach((part, at) => { own[at] = Math.max(own[at], part * base * worth[at] * weight / all); });
        });
      }
      if (best.length || sure) asked += base * weight;
      best.forEach((own, record) => {
        const total = totals[record] = totals[record] || [0, 0];
        total[0] += own[0];
        total[1] += own[1];
      });
    }
    totals.forEach(([said, cover], record) => {
      const score = said * (ground + (1 - ground) * cover / asked);
      hits.push({ record, score, level: score / asked });
    });
    hits.sort((a, b) => b.score - a.score || a.record - b.record);
    return hits.slice(0, 100).filter((hit) => hit.score >= hits[0].score * least);
  };

  const level = (hits) => hits[0] ? hits[0].level : 0;
  const search = (question, typing, own) => open(own).then((book) => {
    missing = [];
    const [concepts, hints] = understand(book, question, typing), [, , , poor, close] = book.common.v[0];
    let hits = rank(book, concepts);
    if (!missing[0] && level(hits) < poor) {
      loosen(book, concepts);
      hits = rank(book, concepts);
    }
    return missing[0] ? Promise.all(missing.map((at) => part(own, at))).then(() => search(question, typing, own))
      : { own, book, concepts, hints, hits, level: level(hits), close: level(hits) < close };
  });
  const make = (name, own, ...inner) => {
    const element = Object.assign(document.createElement(name), own);
    element.append(...inner);
    return element;
  };
  const link = (book, path, ...inner) => make("a", { href: `${here}../${book.head.p}${path}${book.head.i}` }, ...inner);

  const cards = ({ own, book }, hits) => {
    const { b, t } = book.head, at = (hit) => t.length + 1 + Math.floor(hit.record / b);
    return Promise.all(hits.map((hit) => part(own, at(hit)))).then(() => hits.map((hit) => book.parts[at(hit)][hit.record % b]));
  };

  // The name that a record has in a facet: 0 kind, 1 office, 2 topic
  const facet = (book, at, { record }) => {
    const [names, list] = book.common.f[at], runs = numbers(list);
    for (let i = 0, end = 0; i < runs.length; i += 2) if ((end += runs[i + 1]) > record) return names[runs[i]];
  };

  const tell = ({ book, hits, close }) => {
    const { none, close: near, one, some } = book.common.w;
    return (hits[0] ? close ? near : hits[1] ? some : one : none).replace("{n}", hits.length);
  };

  const later = (act, timer) => () => { clearTimeout(timer); timer = setTimeout(act, 120); };

  window.mingshiSearch.kit = { tag, open, search, cards, facet, tell, make, link, later, foldLetter, fold, cut, hay, packed };
  load(document.getElementById("found") ? "../found" : "../suggest");
})();
