/** Announces a text to screen readers. */
export function announce(words) {
  const region = document.getElementById("announcement");
  if (region && region.textContent !== words) region.textContent = words;
}
