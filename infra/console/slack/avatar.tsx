const hues = 8;

interface AvatarProps {
  name: string;
  small?: boolean;
}

/** Somebody's initials instead of their picture: pictures would be loaded from elsewhere. */
export function Avatar({ name, small = false }: AvatarProps) {
  const initials = name
    .split(/[\s-]+/)
    .map((word) => word[0] ?? "")
    .join("")
    .slice(0, 2)
    .toUpperCase();
  const hue = [...name].reduce((sum, character) => sum + character.charCodeAt(0), 0) % hues;
  return (
    <span className={`avatar hue-${hue}${small ? " small" : ""}`} aria-hidden="true">
      {initials}
    </span>
  );
}
