// What a reader would see cut off, overlapping or too pale: run in the page.

/** Texts that are cut off by a box or by the window, and texts of a chart that lie on each other. */
export function badBoxes() {
  const found = new Set();
  const width = document.documentElement.clientWidth;
  const says = (e) => `${e.closest("[data-chart]")?.dataset.chart ?? e.tagName}: "${e.textContent.trim().slice(0, 40)}"`;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const e = node.parentElement;
    if (
      !node.textContent.trim() ||
      !e.checkVisibility() ||
      e.closest("script, style, pre, option, .scroll, .skip, details:not([open]) > :not(summary)")
    )
      continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width === 0) continue;
    if (box.right > width + 1 || box.left < -1) found.add(`beyond the window: ${says(e)}`);
    for (let around = e; around && around !== document.body; around = around.parentElement) {
      if (getComputedStyle(around).overflowX === "visible") continue;
      const frame = around.getBoundingClientRect();
      if (box.right > frame.right + 2 || box.left < frame.left - 2 || box.bottom > frame.bottom + 3 || box.top < frame.top - 3) {
        if (!(getComputedStyle(around).overflowY === "auto" || getComputedStyle(around).overflowX === "auto"))
          found.add(`cut off: ${says(e)}`);
      }
    }
  }
  for (const chart of document.querySelectorAll("[data-chart]")) {
    const texts = [...chart.querySelectorAll("svg text")]
      .filter((x) => x.textContent.trim() && x.checkVisibility())
      .map((e) => ({ e, box: e.getBoundingClientRect() }));
    for (let i = 0; i < texts.length; ++i)
      for (let k = i + 1; k < texts.length; ++k) {
        const [a, b] = [texts[i].box, texts[k].box];
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 3 && down > 4) found.add(`on each other: ${says(texts[i].e)} and "${texts[k].e.textContent.trim().slice(0, 30)}"`);
      }
  }
  return [...found];
}

/** Marks of charts whose contrast with what is behind them is below three to one; heat maps are scales. */
export function paleMarks() {
  const found = new Map();
  const parse = (text) =>
    /^#[0-9a-f]{6}$/i.test(text ?? "")
      ? [1, 3, 5].map((i) => parseInt(text.slice(i, i + 2), 16))
      : (text ?? "")
          .match(/^rgba?\((\d+), ?(\d+), ?(\d+)/)
          ?.slice(1, 4)
          .map(Number);
  const light = (c) =>
    c
      .map((v) => v / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
      .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (a, b) => {
    const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05);
  };
  for (const chart of document.querySelectorAll("[data-chart]")) {
    if (chart.dataset.chart.startsWith("heat")) continue;
    const card = parse(getComputedStyle(chart.closest("section")).backgroundColor);
    const line = getComputedStyle(document.documentElement).getPropertyValue("--line").trim();
    for (const e of chart.querySelectorAll("svg path, svg rect, svg circle, svg polyline, svg polygon")) {
      if (e.closest("defs") || e.getAttribute("opacity") === "0") continue;
      const [fill, stroke] = ["fill", "stroke"].map((k) => e.getAttribute(k)).map((c) => (c === "none" || c === "transparent" ? null : c));
      const box = e.getBoundingClientRect();
      if (box.width * box.height === 0 && !stroke) continue;
      if (Number(e.getAttribute("fill-opacity") ?? 1) < 0.2 && !stroke) continue;
      const inks = [fill, stroke].filter((c) => parse(c));
      if (!inks.length || inks.every((c) => contrast(parse(c), card) < 1.05)) continue; // nothing, or what hides what is behind it
      if (inks.every((c) => c.toLowerCase() === line.toLowerCase())) continue; // grids and axes
      const best = Math.max(...inks.map((c) => contrast(parse(c), card)));
      if (best < 3) found.set(`${chart.dataset.chart}: ${inks.join(" ")}`, best);
    }
  }
  return [...found].map(([what, best]) => `${what} at ${best.toFixed(2)}`);
}
