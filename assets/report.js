
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const comments = data.comments;
  // Longer lists are drawn only around the window, in which they stand `AHEAD` pixels further than is seen.
  const SHORT = 120;
  const AHEAD = 900;
  const folded = new Set();
  const store = "threadstance-" + data.key;
  let codings = {};
  try { codings = JSON.parse(localStorage.getItem(store)) || {}; } catch { codings = {}; }

  // The place of each comment's parent and the end of its replies, from levels in reading order.
  const parents = new Int32Array(comments.length).fill(-1);
  const ends = new Int32Array(comments.length).fill(comments.length);
  {
    const open = [];
    let thread = -1;
    comments.forEach((c, i) => {
      if (c.t !== thread) { while (open.length) ends[open.pop()] = i; thread = c.t; }
      while (open.length > c.d) ends[open.pop()] = i;
      if (open.length) parents[i] = open[open.length - 1];
      open.push(i);
    });
  }
  const there = comments.filter((c) => !c.g).length;
  const lower = comments.map((c) => (c.a || "").toLowerCase());

  const make = (tag, attributes, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === true) node.setAttribute(name, ""); else if (value !== false && value != null) node.setAttribute(name, value);
    }
    node.append(...children);
    return node;
  };

  const wanted = () => {
    const value = (id) => $(id).value;
    const [outlet, stance, sentiment, aspect, level] = ["outlet", "stance", "sentiment", "aspect", "level"].map(value);
    const [least, most] = [Number(value("least")) || 0, value("most") === "" ? 1 : Number(value("most"))];
    const [author, words] = [value("author").trim().toLowerCase(), value("words").trim().toLowerCase()];
    const active = Boolean(outlet || stance || sentiment || aspect || level || least > 0 || most < 1 || author || words);
    const labels = stance || sentiment || aspect || least > 0 || most < 1;
    const keep = (c, i) => {
      if (labels && c.l === undefined) return false;
      if (outlet && data.threads[c.t].outlet !== Number(outlet)) return false;
      if (stance && data.stances[c.l] !== stance) return false;
      if (sentiment && data.sentiments[c.m] !== sentiment) return false;
      if (aspect && !c.k.includes(aspect)) return false;
      if (level && Math.min(c.d + 1, 6) !== Number(level)) return false;
      if (labels && (c.c < least || c.c > most)) return false;
      if (author && !lower[i].includes(author)) return false;
      return !words || c.x.toLowerCase().includes(words);
    };
    return { active, keep };
  };

  let rows = [];
  const update = () => {
    const { active, keep } = wanted();
    const hits = new Uint8Array(comments.length);
    // Comments that were found, and placeholders of those that are not on the page.
    const found = [0, 0];
    comments.forEach((c, i) => { if (keep(c, i)) { hits[i] = 1; found[c.g ? 1 : 0] += 1; } });
    if (active) {
      for (let i = 0; i < comments.length; i += 1) {
        if (hits[i] !== 1) continue;
        for (let p = parents[i]; p >= 0 && !hits[p]; p = parents[p]) hits[p] = 2;
      }
    }
    rows = [];
    for (let i = 0; i < comments.length; i += 1) {
      if (!hits[i]) continue;
      rows.push([i, hits[i] === 2]);
      if (folded.has(i)) i = ends[i] - 1;
    }
    const gaps = found[1] ? ` and ${found[1]} not on the page` : "";
    $("count").textContent = `${found[0]} of ${there} comments${gaps}`;
    [first, last, cells] = [0, 0, []];
    $("list").replaceChildren(above, below);
    place();
    draw();
  };

  // Rows `first` to `last` are drawn, `cells` are their elements; gaps as tall as the other rows stand around them.
  let [first, last, cells, tops] = [0, 0, [], new Float64Array(1)];
  const gap = () => make("li", { class: "gap", "aria-hidden": "true" });
  const [above, below] = [gap(), gap()];
  const measured = new Float64Array(comments.length);
  const height = (i) => measured[i] || 40 + 24 * Math.ceil((comments[i].x.length + 1) / 100);
  const top = (node) => node.getBoundingClientRect().top;

  const place = () => {
    tops = new Float64Array(rows.length + 1);
    rows.forEach(([i], r) => { tops[r + 1] = tops[r] + height(i); });
    above.style.height = `${tops[first]}px`;
    below.style.height = `${tops[rows.length] - tops[last]}px`;
  };

  // The row at a distance from the top of the list.
  const at = (y) => {
    let [low, high] = [0, rows.length];
    while (high - low > 1) { const half = (low + high) >> 1; if (tops[half] <= y) low = half; else high = half; }
    return low;
  };

  const cell = (r) => {
    const [i, context] = rows[r];
    const item = row(i, context);
    if (rows.length > SHORT) { item.setAttribute("aria-posinset", r + 1); item.setAttribute("aria-setsize", rows.length); }
    const { t } = comments[i];
    return r && comments[rows[r - 1][0]].t === t ? [item] : [heading(data.threads[t]), item];
  };
  const build = (from, to) => Array.from({ length: Math.max(0, to - from) }, (_, k) => cell(from + k));

  const drawRows = (from, to) => {
    const focused = $("list").contains(document.activeElement);
    const still = cells.flat().find((node) => node.getBoundingClientRect().bottom > 0);
    const was = still && top(still);
    if (to <= first || from >= last) { cells.flat().forEach((node) => node.remove()); [first, last, cells] = [from, from, []]; }
    for (; first < from; first += 1) cells.shift().forEach((node) => node.remove());
    for (; last > to; last -= 1) cells.pop().forEach((node) => node.remove());
    const [before, after] = [build(from, first), build(last, to)];
    above.after(...before.flat());
    below.before(...after.flat());
    [first, last, cells] = [from, to, [...before, ...cells, ...after]];
    const edges = [...cells.map((nodes) => top(nodes[0])), top(below)];
    cells.forEach((_, k) => { measured[rows[first + k][0]] = edges[k + 1] - edges[k]; });
    place();
    // Rows that are taller than was thought must not push what is being read.
    const moved = still && still.isConnected ? top(still) - was : 0;
    if (Math.abs(moved) > 0.5 && top($("list")) < 0) scrollBy({ top: moved, behavior: "instant" });
    if (focused && !$("list").contains(document.activeElement)) $("comments").focus({ preventScroll: true });
  };

  const draw = () => {
    if (rows.length <= SHORT) { if (last < rows.length) drawRows(0, rows.length); return; }
    // What is measured can differ from what was thought, so look again.
    for (let round = 0; round < 4; round += 1) {
      const seen = -top($("list"));
      const reaches = (some) => (first === 0 || tops[first] <= seen - some) && (last === rows.length || tops[last] >= seen + innerHeight + some);
      if (first < last && reaches(AHEAD / 3)) return;
      const from = at(seen - AHEAD);
      drawRows(from, Math.min(rows.length, Math.max(from + 40, at(seen + innerHeight + AHEAD) + 1)));
    }
  };

  const heading = (thread) => {
    const title = make("h3", {}, `${data.outlets[thread.outlet]}: ${thread.title} `);
    if (thread.url && /^https?:\/\//.test(thread.url)) {
      title.append(make("a", { href: thread.url, rel: "noopener nofollow noreferrer", target: "_blank" }, "source"));
    }
    return make("li", { class: "thread" }, title);
  };

  const row = (i, context) => {
    const c = comments[i];
    const stance = data.stances[c.l];
    const item = make("li", { class: `${stance || ""}${context ? " context" : ""}`, "data-i": i });
    item.style.marginLeft = `${Math.min(c.d, 12) * 1.1}rem`;
    const head = make("div", { class: "head" });
    const who = c.a || "(no name)";
    if (ends[i] > i + 1) {
      const shut = folded.has(i);
      const replies = ends[i] - i - 1;
      const name = `${shut ? "Expand" : "Collapse"} ${replies} replies to ${who}, ${c.p}`;
      head.append(make("button", { type: "button", class: "turn", "aria-expanded": String(!shut), "aria-label": name }, shut ? `▸ ${replies}` : "▾"));
    }
    head.append(make("span", {}, c.p), make("b", {}, who));
    if (c.v !== null) head.append(make("span", {}, c.v === 1 ? "1 vote" : `${c.v} votes`));
    if (stance) {
      head.append(make("span", { class: `tag ${stance}` }, stance), make("span", {}, `${Math.round(c.c * 100)}%${c.u ? " (unsure)" : ""}`));
      head.append(make("span", {}, data.sentiments[c.m]));
      if (c.k.length) head.append(make("span", {}, c.k.map((k) => k.replaceAll("_", " ")).join(", ")));
      head.append(choice(c, "label", data.stances, "Code"), choice(c, "sentiment", data.sentiments, "Tone"));
    }
    item.append(head, words(c));
    return item;
  };

  const choice = (c, field, values, name) => {
    const select = make("select", { "data-field": field, "data-id": c.id, "aria-label": `${name} of comment ${c.p} by ${c.a || "(no name)"}` });
    select.append(make("option", { value: "" }, "–"));
    for (const value of values) select.append(make("option", { value }, value));
    select.value = (codings[c.id] && codings[c.id][field]) || "";
    return make("label", {}, name, select);
  };

  // Cuts the words at every border of evidence, so that overlapping pieces are all named.
  const words = (c) => {
    const box = make("div", { class: "text", dir: "auto" });
    const evidence = c.e || [];
    const cuts = [...new Set([0, c.x.length, ...evidence.flatMap((e) => [e[0], e[1]])])].sort((a, b) => a - b);
    for (let k = 0; k + 1 < cuts.length; k += 1) {
      const [start, end] = [cuts[k], cuts[k + 1]];
      const here = evidence.filter((e) => e[0] <= start && end <= e[1]);
      const piece = c.x.slice(start, end);
      if (!here.length) { box.append(piece); continue; }
      const tip = here.map((e) => `${data.rules[e[2]][0]}: ${e[3]}\n${data.rules[e[2]][1]}`).join("\n\n");
      box.append(make("mark", { tabindex: "0", "data-tip": tip }, piece));
    }
    return box;
  };

  const tip = $("tip");
  const show = (mark) => {
    tip.textContent = mark.dataset.tip;
    tip.hidden = false;
    mark.setAttribute("aria-describedby", "tip");
    const at = mark.getBoundingClientRect();
    const below = at.bottom + tip.offsetHeight + 8 < innerHeight;
    tip.style.top = `${below ? at.bottom + 6 : Math.max(4, at.top - tip.offsetHeight - 6)}px`;
    tip.style.left = `${Math.max(4, Math.min(at.left, innerWidth - tip.offsetWidth - 8))}px`;
  };
  const hide = (mark) => { tip.hidden = true; mark.removeAttribute("aria-describedby"); };
  const marked = (event, act) => { const mark = event.target.closest && event.target.closest("mark"); if (mark) act(mark); };
  for (const on of ["mouseover", "focusin"]) document.addEventListener(on, (e) => marked(e, show));
  for (const off of ["mouseout", "focusout"]) document.addEventListener(off, (e) => marked(e, hide));
  document.addEventListener("keydown", (e) => { if (e.key === "Escape") tip.hidden = true; });

  const pressed = (spot) => {
    $("filters").reset();
    for (const [name, value] of Object.entries(spot.dataset)) $(name).value = value;
    update();
    $("comments").scrollIntoView();
    $("comments").focus({ preventScroll: true });
  };
  for (const spot of document.querySelectorAll(".spot")) {
    spot.addEventListener("click", () => pressed(spot));
    spot.addEventListener("keydown", (e) => { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); pressed(spot); } });
  }

  let pause = 0;
  $("filters").addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(update, 120); });
  $("filters").addEventListener("reset", () => setTimeout(update));
  for (const form of document.forms) form.addEventListener("submit", (e) => e.preventDefault());
  $("unfold").addEventListener("click", () => { folded.clear(); update(); });
  $("fold").addEventListener("click", () => { comments.forEach((c, i) => { if (ends[i] > i + 1) folded.add(i); }); update(); });
  $("list").addEventListener("click", (e) => {
    const turn = e.target.closest(".turn");
    if (!turn) return;
    const i = Number(turn.closest("li").dataset.i);
    if (folded.has(i)) folded.delete(i); else folded.add(i);
    update();
    const again = $("list").querySelector(`li[data-i="${i}"] .turn`);
    if (again) again.focus({ preventScroll: true });
  });

  const said = () => { $("coded").textContent = `${Object.keys(codings).length} coded`; };
  const keep = () => {
    try { localStorage.setItem(store, JSON.stringify(codings)); } catch { /* Codings then last as long as the page. */ }
    said();
  };
  $("list").addEventListener("change", (e) => {
    const { id, field } = e.target.dataset;
    if (!field) return;
    const coding = { ...(codings[id] || {}) };
    if (e.target.value) coding[field] = e.target.value; else delete coding[field];
    if (Object.keys(coding).length) codings[id] = coding; else delete codings[id];
    keep();
  });
  $("forget").addEventListener("click", () => { if (confirm("Forget all codings?")) { codings = {}; keep(); update(); } });

  const records = () => comments.filter((c) => codings[c.id]).map((c) => ({
    id: c.id, thread_id: data.threads[c.t].id, label: codings[c.id].label || "", sentiment: codings[c.id].sentiment || "", coder: $("coder").value.trim(),
  }));
  // Spreadsheets run cells that begin so; an apostrophe keeps them words.
  const quoted = (text) => {
    const safe = /^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const save = (name, type, text) => {
    const link = make("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  $("csv").addEventListener("click", () => {
    const head = ["id", "thread_id", "label", "sentiment", "coder"];
    const lines = [head, ...records().map((r) => head.map((name) => quoted(r[name])))];
    save("codings.csv", "text/csv", lines.map((line) => line.join(",") + "\r\n").join(""));
  });
  $("json").addEventListener("click", () => save("codings.json", "application/json", JSON.stringify(records(), null, 2) + "\n"));

  addEventListener("scroll", draw, { passive: true });
  addEventListener("resize", () => { measured.fill(0); update(); });
  document.addEventListener("toggle", draw, true);
  // On paper nothing can be opened.
  const shut = [];
  addEventListener("beforeprint", () => {
    drawRows(0, rows.length);
    for (const details of document.querySelectorAll("details:not([open])")) { details.open = true; shut.push(details); }
  });
  addEventListener("afterprint", () => {
    while (shut.length) shut.pop().open = false;
    update();
  });
  said();
  update();
})();
