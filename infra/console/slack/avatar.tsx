import { hueClass } from "../../../shared/console/hue-class.ts";

interface AvatarProps {
  name: string;
  small?: boolean;
}

/** A person's initials. The console loads no pictures from other hosts. */
export function Avatar({ name, small = false }: AvatarProps) {
  const initials = name
    .split(/[\s-]+/)
    .map((word) => word[0] ?? "")
    .join("")
    .slice(0, 2)
    .toUpperCase();
  return (
    <span className={`avatar ${hueClass(name)}${small ? " small" : ""}`} aria-hidden="true">
      {initials}
    </span>
  );
}
