"use strict";

/** Where this window was in these slides, so that loading them again goes on from there. */
const PLACE = `slides ${location.pathname}`;
const kept = () => {
  try {
    return Number(sessionStorage.getItem(PLACE)) || 0;
  } catch {
    return 0; // no memory, no harm
  }
};

Reveal.initialize({
  disableLayout: true,
  hash: false,
  respondToHashChanges: false, // an address may set a figure
  transition: "none",
  center: false,
  slideNumber: "c/t",
  help: false,
  // Arrow keys in a figure are the figure's.
  keyboardCondition: (event) => !event.target.closest?.(".lstm-live, input, textarea, select"),
  keyboard: {
    84: () => {
      const text = Reveal.getCurrentSlide().querySelector(".notes");
      if (text) text.open = !text.open;
    },
  },
}).then(() => {
  Reveal.slide(kept());
  Reveal.on("slidechanged", ({ indexh }) => {
    try {
      sessionStorage.setItem(PLACE, String(indexh));
    } catch {
      // no memory, no harm
    }
  });
});
