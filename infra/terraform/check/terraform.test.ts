import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bigqueryDir, readTables, readViews } from "../../bigquery/definitions.ts";
import type { Manifest } from "../../manifests/manifest.ts";
import { listSchedules, readFunctions } from "../../manifests/read-functions.ts";
import schedulePolicy from "../../manifests/schedule-policy.json" with { type: "json" };
import { cloudPolicy } from "../../manifests/subscription-policy.ts";
import { appliedResources, type Resource } from "./applied-resources.ts";
import { type Checkout, checkOut } from "./check-terraform.ts";

/** A query is a job of the project. */
const runsQueries = ({ queries = [], edits = [] }: Manifest) => queries.length + edits.length > 0;

const missing = whyNoTerraform();
if (missing) console.warn(`infra/terraform is not checked: ${missing}`);

function whyNoTerraform(): string | undefined {
  try {
    execFileSync("terraform", ["version"], { stdio: "pipe" });
    return undefined;
  } catch (error) {
    return (error as Error).message.split("\n")[0] ?? "terraform does not run";
  }
}

describe.skipIf(missing)("infra/terraform", () => {
  let checkout: Checkout;
  beforeAll(async () => {
    checkout = await checkOut();
  });
  afterAll(() => checkout?.remove());

  it("is formatted by terraform fmt", async () => {
    expect(await checkout.terraform("fmt", "-check", "-recursive")).toMatchObject({ ok: true });
  });

  it("uses only resources and arguments of the provider", { timeout: 90_000 }, async () => {
    const { ok, output } = await checkout.terraform("validate", "-no-color");
    expect([ok, output]).toEqual([true, expect.stringContaining("The configuration is valid")]);
  });

  describe("applied in memory", () => {
    let passed: boolean;
    let resources: Resource[];
    beforeAll(async () => {
      const { ok, output } = await checkout.terraform("test", "-verbose", "-json");
      passed = ok;
      resources = appliedResources(output, "a_release_has_every_function");
    });

    function valuesOf(type: string): Resource["values"][] {
      return resources.filter((resource) => resource.type === type).map(({ values }) => values);
    }

    /** Rights of a function's account, from the module that creates both. */
    function grants(type: string, name: string): Resource["values"][] {
      const modules = ["source", "subscriber", "schedule", "console"].map(
        (kind) => `module.${kind}["${name}"]`,
      );
      return resources
        .filter(
          (each) => each.type === type && modules.some((module) => each.address.startsWith(`${module}.`)),
        )
        .map(({ values }) => values);
    }

    it("passes its own tests", () => expect(passed).toBe(true));

    it("creates the local suite's subscriptions with the cloud's policy", async () => {
      const expected = (await readFunctions()).flatMap(({ subscriptions }) => subscriptions);
      const made = valuesOf("google_pubsub_subscription").filter(
        ({ push_config }) => (push_config as unknown[]).length > 0,
      );
      expect(made.map(({ name, filter }) => [name, filter]).sort()).toEqual(
        expected.map(({ name, filter }) => [nameInCloud(name, filter), filter ?? null]).sort(),
      );
      const { minimumBackoffSeconds: least, maximumBackoffSeconds: most } = cloudPolicy;
      for (const subscription of made)
        expect(subscription).toMatchObject({
          ack_deadline_seconds: cloudPolicy.ackDeadlineSeconds,
          message_retention_duration: "604800s",
          retry_policy: [{ minimum_backoff: `${least}s`, maximum_backoff: `${most}s` }],
          dead_letter_policy: [{ max_delivery_attempts: cloudPolicy.maxDeliveryAttempts }],
          push_config: [
            {
              push_endpoint: expect.stringMatching(/\/projects\/a-project\/topics\/([a-z-]+-events|replay)$/),
            },
          ],
        });
    });

    it("lets Pub/Sub forward the dead letters of every subscription", () => {
      const made = valuesOf("google_pubsub_subscription").filter(({ dead_letter_policy: policy }) =>
        Array.isArray(policy) ? policy.length > 0 : false,
      );
      const allowed = valuesOf("google_pubsub_subscription_iam_member").filter(({ member }) =>
        String(member).includes("gcp-sa-pubsub"),
      );
      expect(allowed.map(({ subscription, role }) => [subscription, role]).sort()).toEqual(
        made.map(({ name }) => [name, "roles/pubsub.subscriber"]).sort(),
      );
    });

    it("calls each scheduled function at the local clock's times, with a token, and retries it", async () => {
      const schedules = listSchedules(await readFunctions());
      const jobs = valuesOf("google_cloud_scheduler_job");
      expect(jobs.map(({ name, schedule, time_zone: zone }) => [name, schedule, zone]).sort()).toEqual(
        schedules.map(({ name, schedule: { cron, timeZone } }) => [name, cron, timeZone]).sort(),
      );
      const { retryCount, minimumBackoffSeconds: least, maximumBackoffSeconds: most } = schedulePolicy;
      for (const job of jobs)
        expect(job).toMatchObject({
          http_target: [{ http_method: "POST", oidc_token: [{ service_account_email: expect.any(String) }] }],
          retry_config: [
            {
              retry_count: retryCount,
              min_backoff_duration: `${least}s`,
              max_backoff_duration: `${most}s`,
            },
          ],
        });
    });

    it("alerts on the first delivery that a source lost", () => {
      const policies = valuesOf("google_monitoring_alert_policy");
      const lost = policies.find(
        ({ display_name: title }) => title === "ci-tooling: a source lost a delivery",
      );
      expect(lost).toMatchObject({
        conditions: [{ condition_threshold: [{ threshold_value: 0, comparison: "COMPARISON_GT" }] }],
      });
      const pattern = /response_code = monitoring\.regex\.full_match\(\\"(.*?)\\"\)/.exec(
        JSON.stringify(lost),
      );
      const isLost = new RegExp(`^(${pattern?.[1]})$`);
      expect(["500", "503", "429"].filter((code) => !isLost.test(code))).toEqual([]);
      expect(["200", "202", "401", "413"].filter((code) => isLost.test(code))).toEqual([]);
    });

    it("lets a writer add rows, and neither read nor delete them", async () => {
      const [role] = valuesOf("google_project_iam_custom_role").filter(
        ({ role_id: id }) => id === "ciToolingRowWriter",
      );
      expect(role?.permissions).toEqual(["bigquery.tables.get", "bigquery.tables.updateData"]);
      const roles = (await readFunctions())
        .filter(({ manifest }) => !runsQueries(manifest))
        .flatMap(({ name }) => grants("google_bigquery_table_iam_member", name).map((each) => each.role));
      expect(new Set(roles)).toEqual(new Set([role?.name]));
    });

    it("lets the function that refreshes the facts read every table, and change the tables of facts and summaries only", () => {
      const refresher = resources.filter(({ address }) => address.includes("_iam_member.refresher"));
      const roles = refresher.map(({ values }) => `${values.role} ${values.table_id ?? ""}`.trim());
      const changed = roles.filter((role) => role.startsWith("roles/bigquery.dataEditor"));
      expect(changed.length).toBeGreaterThan(10);
      expect(changed.every((role) => /_(facts|summaries)$/.test(role))).toBe(true);
      expect(changed.some((role) => role.endsWith("_summaries"))).toBe(true);
      expect([...new Set(roles.filter((role) => !changed.includes(role)))].sort()).toEqual([
        "roles/bigquery.dataViewer",
        "roles/bigquery.jobUser",
      ]);
      expect(new Set(refresher.map(({ values }) => values.member)).size).toBe(1);
    });

    it("lets a function that queries the views read them and the facts, and no payload", async () => {
      const readers = resources.filter(({ address }) => address.includes("_iam_member.view_reader"));
      const [role] = valuesOf("google_project_iam_custom_role").filter(
        ({ role_id: id }) => id === "ciToolingRowReader",
      );
      const read = readers.filter(({ values }) => values.role === role?.name);
      const names = new Set(read.map(({ values }) => `${values.dataset_id}.${values.table_id}`));
      const [tables, views] = await Promise.all([readTables(bigqueryDir), readViews(bigqueryDir)]);
      const facts = tables.filter(({ table }) => /_(facts|summaries)$/.test(table));
      expect([...names].sort()).toEqual(
        [
          ...facts.map(({ dataset, table }) => `${dataset}.${table}`),
          ...views.map(({ dataset, view }) => `${dataset}.${view}`),
        ].sort(),
      );
      const others = readers.filter((reader) => !read.includes(reader));
      expect(others.map(({ values }) => values.role)).toEqual(["roles/bigquery.jobUser"]);
      expect(new Set(readers.map(({ values }) => values.member)).size).toBe(1);
    });

    it("signs in jobs with an environment only, of the repository with this id", () => {
      const bindings = valuesOf("google_service_account_iam_member").filter(
        ({ role }) => role === "roles/iam.workloadIdentityUser",
      );
      expect(
        bindings.map(({ member }) => /(attribute\.job|subject)\/.*/.exec(String(member))?.[0]).sort(),
      ).toEqual([
        "attribute.job/repo:example/ci-tooling:environment:production@refs/heads/main",
        "subject/repo:example/ci-tooling:environment:plan",
      ]);
      expect(valuesOf("google_iam_workload_identity_pool_provider")).toMatchObject([
        { attribute_condition: expect.stringContaining('&& assertion.repository_id == "42"') },
      ]);
    });

    it("lets pull requests read the configuration, and no row, log line or secret", () => {
      const [role] = valuesOf("google_project_iam_custom_role").filter(
        ({ role_id: id }) => id === "ciToolingPlanner",
      );
      expect(role?.permissions).toEqual(expect.arrayContaining(["bigquery.tables.get"]));
      const permissions = JSON.stringify(role?.permissions);
      expect(permissions).not.toMatch(/getData|versions|logEntries|"[^"]*\.(?!get")\w+"/);
      const roles = resources
        .filter(({ address }) => address.startsWith("google_project_iam_member.planner["))
        .map(({ values }) => values.role);
      expect(roles.sort()).toEqual([
        "roles/iam.securityReviewer",
        "roles/serviceusage.serviceUsageConsumer",
        "roles/storage.objectViewer",
      ]);
    });

    it("deletes no archive, so that the one that runs is there however long ago it was deployed", () => {
      const rules = valuesOf("google_storage_bucket").flatMap(({ lifecycle_rule: rule }) => rule);
      expect(rules).toMatchObject([{ action: [{ type: "SetStorageClass" }] }]);
    });

    it("deploys every function according to its manifest", async () => {
      const made = valuesOf("google_cloudfunctions2_function");
      for (const { name, manifest } of await readFunctions())
        expect(made.find((each) => each.name === name)).toMatchObject({
          build_config: [{ runtime: "nodejs24", entry_point: name }],
          service_config: [
            {
              available_memory: manifest.resources.memory,
              timeout_seconds: manifest.resources.timeoutSeconds,
              max_instance_request_concurrency: manifest.resources.concurrency,
              min_instance_count: manifest.resources.minInstances,
              max_instance_count: manifest.resources.maxInstances,
              ingress_settings: ingressOf(manifest),
            },
          ],
        });
    });

    it("grants a function exactly the rights in docs/security.md", async () => {
      for (const { name, manifest } of await readFunctions()) {
        const secrets = grants("google_secret_manager_secret_iam_member", name).map(
          ({ secret_id }) => secret_id,
        );
        expect([...new Set(secrets)].sort()).toEqual([...manifest.secrets].sort());
        const topics = grants("google_pubsub_topic_iam_member", name).map(({ topic, role }) => [topic, role]);
        expect(topics).toEqual(manifest.publishes ? [[manifest.publishes, "roles/pubsub.publisher"]] : []);
        const tables = grants("google_bigquery_table_iam_member", name).map(
          (each) => `${each.dataset_id}.${each.table_id}`,
        );
        expect(tables.sort()).toEqual(
          [...(manifest.tables ?? []), ...(manifest.queries ?? []), ...(manifest.edits ?? [])].sort(),
        );
        const jobs = grants("google_project_iam_member", name).map(({ role }) => role);
        expect(jobs).toEqual(runsQueries(manifest) ? ["roles/bigquery.jobUser"] : []);
        const invokers = grants("google_cloud_run_v2_service_iam_member", name).map(({ member }) => member);
        expect(invokers).toEqual([
          "http" in manifest.trigger ? "allUsers" : expect.stringMatching(/^serviceAccount:/),
        ]);
      }
      const functions = (await readFunctions())
        .filter(({ manifest }) => !runsQueries(manifest))
        .map(({ name }) => name)
        .join("|");
      const inProject = resources.filter(
        ({ type, address }) =>
          /_iam_(member|binding|policy)$/.test(type) && new RegExp(`"(${functions})"`).test(address),
      );
      expect(new Set(inProject.map(({ type }) => type))).not.toContain("google_project_iam_member");
    });

    it("lets only the console read and replay dead letters, for people who pass Identity-Aware Proxy", () => {
      const publishers = valuesOf("google_pubsub_topic_iam_member").filter(({ topic }) => topic === "replay");
      expect(publishers).toHaveLength(1);
      const readers = valuesOf("google_pubsub_subscription_iam_member").filter(
        ({ subscription }) => subscription === "dead-letter",
      );
      expect(readers.map(({ role }) => role)).toEqual(["roles/pubsub.subscriber"]);
      expect(grants("google_cloud_run_v2_service_iam_member", "console")).toMatchObject([
        { member: "serviceAccount:service-123456789012@gcp-sa-iap.iam.gserviceaccount.com" },
      ]);
      const ofConsole = resources.filter(({ address }) =>
        address.startsWith("google_project_iam_member.console_"),
      );
      expect(ofConsole.map(({ address }) => address).sort()).toEqual([
        "google_project_iam_member.console_logs[0]",
        "google_project_iam_member.console_schedules[0]",
        "google_project_iam_member.console_subscriptions[0]",
      ]);
      const permissions = valuesOf("google_project_iam_custom_role").flatMap(
        ({ role_id, permissions: allowed }) =>
          ["ciToolingLogReader", "ciToolingScheduleRunner"].includes(String(role_id)) ? [allowed] : [],
      );
      expect(permissions).toEqual([
        ["logging.logEntries.list"],
        ["cloudscheduler.jobs.list", "cloudscheduler.jobs.run"],
      ]);
      const [console] = valuesOf("google_cloudfunctions2_function").filter(({ name }) => name === "console");
      expect(JSON.stringify(console)).toContain('"SCHEDULER_LOCATION":');
      expect(JSON.stringify(console)).toContain("/projects/123456789012/global/backendServices/");
    });

    it("deletes neither a secret with its values nor a topic with its events", async () => {
      const secrets = valuesOf("google_secret_manager_secret");
      expect(secrets.filter((secret) => secret.deletion_protection !== true)).toEqual([]);
      const topics = await readFile(new URL("../pubsub.tf", import.meta.url), "utf8");
      expect(blockOf(topics, "google_pubsub_topic", "topic")).toMatch(/\n {4}prevent_destroy = true\n/);
    });

    it("creates the successor of a subscription before it deletes the subscription", async () => {
      const text = await readFile(new URL("../modules/subscription/main.tf", import.meta.url), "utf8");
      expect(blockOf(text, "google_pubsub_subscription", "subscription")).toMatch(
        /\n {4}create_before_destroy = true\n/,
      );
    });

    it("stores no value of a secret", () => {
      expect(resources.map(({ type }) => type)).not.toContain("google_secret_manager_secret_version");
    });
  });
});

function ingressOf({ trigger }: Manifest): string {
  if ("http" in trigger) return "ALLOW_ALL";
  return "iap" in trigger ? "ALLOW_INTERNAL_AND_GCLB" : "ALLOW_INTERNAL_ONLY";
}

/** Text of a resource: lifecycle arguments are in no plan and in no state. */
function blockOf(text: string, type: string, name: string): string {
  const [, block = ""] = text.split(`resource "${type}" "${name}" {`);
  return block.slice(0, block.indexOf("\n}\n"));
}

/** A name with a filter ends with the filter's hash: a changed filter makes a second subscription before the first is deleted. */
function nameInCloud(name: string, filter: string | undefined): string {
  if (filter === undefined) return name;
  return `${name}-${createHash("sha256").update(filter).digest("hex").slice(0, 8)}`;
}

describe.skipIf(missing)("the check", () => {
  it("rejects resources and arguments that the provider does not have", { timeout: 90_000 }, async () => {
    const checkout = await checkOut();
    try {
      const file = join(checkout.dir, "pubsub.tf");
      const text = await readFile(file, "utf8");
      await writeFile(
        file,
        `${text.replace("  ack_deadline_seconds       = 60\n", "  ack_deadline_secs = 60\n").replace("    write_metadata = true\n", '    write_metadata = "perhaps"\n    topic = "x"\n')}
resource "google_pubsub_queue" "none" {}

resource "google_pubsub_topic" "nameless" {}

output "nothing" {
  value = google_pubsub_topic.dead_letter.colour
}
`,
      );
      const refused = await checkout.terraform("validate", "-no-color");
      expect(refused.ok).toBe(false);
      // Terraform wraps its lines.
      const output = refused.output.replaceAll(/\s+/g, " ");
      expect(output).toContain('An argument named "ack_deadline_secs" is not expected here');
      expect(output).toContain('An argument named "topic" is not expected here');
      expect(output).toContain('does not support resource type "google_pubsub_queue"');
      expect(output).toContain('The argument "name" is required');
      expect(output).toContain(
        'This object has no argument, nested block, or exported attribute named "colour"',
      );
    } finally {
      await checkout.remove();
    }
  });
});
