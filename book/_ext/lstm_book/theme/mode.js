(function () {
  var mode = "auto";
  try { mode = localStorage.getItem("mode") || mode; } catch (blocked) { /* no memory, no harm */ }
  var dark = mode === "dark" || (mode === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.mode = mode;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
