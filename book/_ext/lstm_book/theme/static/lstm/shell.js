/* What a page does by itself: day and night, the contents on a phone, where the reader is, copying code. */
(function () {
  "use strict";
  const root = document.documentElement;
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));

  /* Day and night. The first choice is made in the head, before anything is drawn. */
  const night = matchMedia("(prefers-color-scheme: dark)");
  const paper = matchMedia("print");
  const modes = ["auto", "light", "dark"];
  const buttons = all("button.book-mode");
  function show() {
    const { mode } = root.dataset;
    const dark = !paper.matches && (mode === "dark" || (mode === "auto" && night.matches));
    root.dataset.theme = dark ? "dark" : "light";
    for (const button of buttons) {
      button.hidden = false;
      button.title = button.dataset[mode];
      button.setAttribute("aria-label", button.dataset[mode]);
    }
  }
  function next() {
    root.dataset.mode = modes[(modes.indexOf(root.dataset.mode) + 1) % modes.length];
    try {
      localStorage.setItem("mode", root.dataset.mode);
    } catch (blocked) { /* the choice lasts as long as the page */ }
    show();
  }
  for (const button of buttons) button.addEventListener("click", next);
  night.addEventListener("change", show);
  paper.addEventListener("change", show);
  show();

  /* The contents, where there is no room beside the text. */
  const side = document.getElementById("contents");
  const menu = document.querySelector("a.book-menu");
  function open(state) {
    root.classList.toggle("book-menu-open", state);
    menu.setAttribute("aria-expanded", String(state));
    if (state) side.querySelector("a.book-menu-close").focus();
    else menu.focus();
  }
  function pressed(link, state) {
    const act = (event) => {
      event.preventDefault();
      open(state);
    };
    link.addEventListener("click", act);
    link.addEventListener("keydown", (event) => {
      if (event.key === " ") act(event);
    });
  }
  pressed(menu, true);
  pressed(side.querySelector("a.book-menu-close"), false);
  side.addEventListener("click", (event) => {
    if (event.target.closest(".book-chapters a")) root.classList.remove("book-menu-open");
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && root.classList.contains("book-menu-open")) open(false);
  });

  /* Where the reader is: the section whose heading was passed last. */
  const links = all('.book-chapters a[href^="#"]').filter((link) => link.hash.length > 1);
  const sections = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  let asked = false;
  function place() {
    asked = false;
    const line = innerHeight / 3;
    let here = -1;
    sections.forEach((section, index) => {
      if (section && section.getBoundingClientRect().top <= line) here = index;
    });
    links.forEach((link, index) => {
      if (index === here) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    });
  }
  if (links.length) {
    addEventListener("scroll", () => {
      if (!asked) requestAnimationFrame(place);
      asked = true;
    }, { passive: true });
    // Where things stand is asked after the first frame: sooner, the question would hold the page up.
    requestAnimationFrame(() => setTimeout(place));
  }

  /* Whatever scrolls by itself can be scrolled by key. What is folded is asked when it opens, and laid out then. */
  function reach(within) {
    const boxes = all("pre, div.book-table, .katex-display, .cell_output", within).filter((box) => !box.closest("details:not([open])"));
    // All are asked before any is changed: the page is laid out once.
    const wide = boxes.map((box) => box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).overflowX === "auto");
    boxes.forEach((box, index) => {
      if (wide[index]) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    });
  }
  addEventListener("resize", () => reach());
  addEventListener("load", () => reach());
  document.addEventListener("toggle", (event) => reach(event.target), true);

  /* Code to take along. */
  const picture = (name) => `<svg class="book-icon" viewBox="0 0 20 20" width="18" height="18" aria-hidden="true"><use href="#icon-${name}"/></svg>`;
  async function copy(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  for (const pre of all(".cell_input pre, div[class*='highlight-']:not(.highlight-none) > .highlight > pre")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "book-copy";
    button.title = "Copy";
    button.setAttribute("aria-label", "Copy this code");
    button.innerHTML = picture("copy");
    button.addEventListener("click", async () => {
      await copy(pre.textContent);
      button.innerHTML = picture("done");
      setTimeout(() => { button.innerHTML = picture("copy"); }, 1500);
    });
    pre.parentElement.append(button);
  }
})();
