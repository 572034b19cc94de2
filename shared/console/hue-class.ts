/** Number of `hue-<n>` classes in assets/parts.css. */
const HUES = 8;

/** The CSS class of a name's colour: the same name always has the same one. */
export function hueClass(name: string): string {
  const sum = [...name].reduce((total, character) => total + character.charCodeAt(0), 0);
  return `hue-${sum % HUES}`;
}
