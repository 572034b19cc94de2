/**
 * Sets the colour scheme that the reader chose, before the page is drawn: a script without defer. console.js connects the switch.
 * Without a choice the page has the scheme of the system.
 */
document.documentElement.dataset.theme = localStorage.getItem("theme") ?? "";
