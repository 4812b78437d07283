// What is wrong with the screen that is open, by kind: run in the page, it is this object.
(() => {
  const finger = 47.5; // 48 pixels, less a rounding: what a cold thumb hits
  const seen = (node) => {
    const { width, height } = node.getBoundingClientRect();
    return width > 2 && height > 2;
  };
  const name = (node) =>
    node.getAttribute("aria-label") ||
    node.innerText?.trim() ||
    [...(node.labels ?? [])]
      .map((label) => label.innerText)
      .join(" ")
      .trim();
  const all = [...document.querySelectorAll("button, input, textarea")];
  const controls = all.filter(seen);
  const wide = document.documentElement.scrollWidth - innerWidth;
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((c) => {
      const s = c / 255;
      return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const rgb = (text) => (text.match(/[\d.]+/g) ?? []).map(Number);
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const [r, g, b, a = 1] = rgb(getComputedStyle(at).backgroundColor);
      if (a > 0) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const faint = [...document.querySelectorAll(".app *")].filter((node) => {
    const own = [...node.childNodes].some((c) => c.nodeType === 3 && c.data.trim());
    if (!own || !seen(node) || node.closest(":disabled, .unseen")) return false;
    const [a, b] = [rgb(getComputedStyle(node).color), ground(node)].map(luminance);
    const [high, low] = a > b ? [a, b] : [b, a];
    return (high + 0.05) / (low + 0.05) < 4.5;
  });
  const within = (node) => {
    const [own, above] = [node, node.parentElement].map((n) => n.getBoundingClientRect());
    return own.top >= above.top - 1 && own.bottom <= above.bottom + 1;
  };
  const adrift = [...document.querySelectorAll("main :is(li, p, dl, h2)")].filter(
    (node) => seen(node) && !node.closest(".unseen") && !within(node),
  );
  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  return {
    nameless: controls.filter((node) => !name(node)).map((node) => node.outerHTML),
    small: controls
      .filter((node) => node.getBoundingClientRect().height < finger)
      .map((node) => `${name(node)}: ${node.getBoundingClientRect().height}`),
    wide: wide > 1 ? `${wide} px too wide` : "",
    headings: document.querySelectorAll("h1").length,
    mains: document.querySelectorAll("main").length,
    faint: faint.map((node) => node.outerHTML.slice(0, 120)),
    adrift: adrift.map((node) => node.outerHTML.slice(0, 120)),
    twice: ids.filter((id, index) => ids.indexOf(id) !== index),
    language: document.documentElement.lang,
  };
})();
