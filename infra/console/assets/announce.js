/** Says something to those who do not see the page. */
export function announce(words) {
  const place = document.getElementById("announcement");
  if (place && place.textContent !== words) place.textContent = words;
}
