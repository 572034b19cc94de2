import type { GitHubState } from "../../emulators/github/state.ts";
import type { UsualField } from "../../trigger/usual-fields.ts";

export interface Suggestion {
  value: string;
  label?: string;
}

/** Newest commits of a repository that the form offers. */
const MAX_COMMITS = 20;

/** Values that the fields offer: with these, subscribers find the commit and the person. */
export function suggestValues(
  field: UsualField,
  state: GitHubState | undefined,
  repository: string | undefined,
): Suggestion[] {
  switch (field) {
    case "repository":
      return (state?.repositories ?? []).map(({ fullName }) => ({ value: fullName }));
    case "sha":
      return (state?.repositories.find(({ fullName }) => fullName === repository)?.commits ?? [])
        .slice(-MAX_COMMITS)
        .reverse()
        .map(({ sha, message }) => ({ value: sha, label: message.split("\n")[0] ?? "" }));
    case "user":
      return (state?.users ?? []).map(({ login, name }) => ({ value: login, label: name ?? login }));
    case "conclusion":
      return ["success", "failure", "neutral", "cancelled", "skipped", "timed_out", "action_required"].map(
        (value) => ({ value }),
      );
    default:
      return [];
  }
}
