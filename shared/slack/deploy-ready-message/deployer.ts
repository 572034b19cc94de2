import type { Connection } from "../../database/database.ts";
import { findMember } from "../find-member.ts";
import type { CommitDeploy } from "./deploy-ready-context.ts";

/**
 * Who deploys, as messages name them: a member of the organization by their own name, others as Freight does.
 *
 * @param named Freight's name of them: an e-mail address, or a name, which may be their GitHub login
 * @throws what `callSlack` throws
 */
export async function findDeployer(
  db: Connection,
  named: string | null,
  emailDomain: string,
): Promise<CommitDeploy["deployer"]> {
  if (named === null) return null;
  const person = named.includes("@") ? { login: null, email: named } : { login: named, email: null };
  const member = await findMember(db, person, emailDomain);
  return member ? { name: member.name, slackUser: member.slackUser } : { name: named, slackUser: null };
}
