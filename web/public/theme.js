// Runs before the first paint: a dark page must not flash white. The page itself keeps this key.
(() => {
  const theme = localStorage.getItem("gatebook-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
})();
