const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

/** Connects the switch between light and dark. The choice of the system's own scheme follows the system again. */
export function switchTheme() {
  const button = document.querySelector("[data-theme-switch]");
  const root = document.documentElement;
  const isDark = () => (root.dataset.theme || (systemIsDark.matches ? "dark" : "light")) === "dark";
  const label = () => {
    button.title = `Switch to ${isDark() ? "light" : "dark"} colours`;
    button.setAttribute("aria-label", button.title);
  };
  label();
  // Without scripts, there is nothing to switch.
  button.hidden = false;
  systemIsDark.addEventListener("change", label);
  button.addEventListener("click", () => {
    const wantsDark = !isDark();
    root.dataset.theme = wantsDark === systemIsDark.matches ? "" : wantsDark ? "dark" : "light";
    if (root.dataset.theme) localStorage.setItem("theme", root.dataset.theme);
    else localStorage.removeItem("theme");
    label();
    document.dispatchEvent(new CustomEvent("console:theme"));
  });
}
