import { Layout } from "../../../shared/console/layout.tsx";
import type { LookerDashboard } from "../../looker/read-project.ts";
import type { FilterValues } from "./build-query.ts";
import { lastDays, type Period, thisQuarter } from "./period.ts";
import type { Annotation } from "./read-annotations.ts";
import { Tile, type TileResult } from "./tile.tsx";

export interface DashboardPageProps {
  dashboards: LookerDashboard[];
  dashboard: LookerDashboard;
  values: FilterValues;
  /** In which the days begin. */
  timeZone: string;
  /** Whether charts show the period before. */
  comparesCharts: boolean;
  /** Whether the period was chosen: it then follows to the other dashboards. */
  hasOwnPeriod: boolean;
  /** Possible values of each field filter, by its name. */
  choices: Record<string, string[]>;
  tiles: TileResult[];
  annotations: Annotation[];
  /** Whether the data includes the demo's deliveries. */
  isDemo: boolean;
}

/** A dashboard of the Looker project over the local warehouse. */
export function DashboardPage(props: DashboardPageProps) {
  const { dashboards, dashboard, values, hasOwnPeriod, tiles, annotations, isDemo } = props;
  const search = toSearchParams(values);
  return (
    <Layout title={dashboard.title} section="Dashboards" scripts={["/_console/echarts.min.js"]}>
      <nav className="tabs dashboards" aria-label="Dashboards">
        {dashboards.map(({ dashboard: name, title }) => (
          <a
            key={name}
            href={`/dashboards/${name}${hasOwnPeriod ? `?${toPeriodSearch(values.period)}` : ""}`}
            aria-current={name === dashboard.dashboard ? "page" : undefined}
          >
            {title}
          </a>
        ))}
        <a href="/explain">Explain a deploy</a>
      </nav>
      <div className="title">
        <h1>{dashboard.title}</h1>
        {isDemo && <span className="badge warn">Demo data from npm run demo</span>}
      </div>
      <p className="note about">
        <WithLinks text={dashboard.description} />
      </p>
      <Filters {...props} />
      <div className="tiles">
        {tiles.map((tile) => (
          <Tile
            key={tile.element.name}
            {...tile}
            csvUrl={`/dashboards/${dashboard.dashboard}/${tile.element.name}.csv?${search}`}
            rowsUrl={`/dashboards/${dashboard.dashboard}/${tile.element.name}/rows?${search}`}
            annotations={annotations}
          />
        ))}
      </div>
    </Layout>
  );
}

function Filters({ dashboard, values, timeZone, choices, comparesCharts }: DashboardPageProps) {
  const compared = comparesCharts ? "&compare=1" : "";
  return (
    <form className="filter" action={`/dashboards/${dashboard.dashboard}`} data-change>
      <nav className="presets" aria-label="Periods">
        {presets(timeZone).map(([label, period]) => (
          <a
            key={label}
            className="button quiet"
            href={`/dashboards/${dashboard.dashboard}?${toSearchParams({ ...values, period })}${compared}`}
            aria-current={
              period.from === values.period.from && period.to === values.period.to ? "true" : undefined
            }
          >
            {label}
          </a>
        ))}
      </nav>
      <label>
        From ({timeZone})
        <input type="date" name="from" defaultValue={values.period.from} />
      </label>
      <label>
        To
        <input type="date" name="to" defaultValue={values.period.to} />
      </label>
      {Object.entries(choices).map(([name, options]) => (
        <label key={name}>
          {name}
          <select name={name} defaultValue={values.fields[name] ?? ""}>
            <option value="">all</option>
            {options.map((option) => (
              <option key={option}>{option}</option>
            ))}
          </select>
        </label>
      ))}
      <label className="check">
        <input type="checkbox" name="compare" value="1" defaultChecked={comparesCharts} />
        Period before in charts
      </label>
      <button type="submit">Apply</button>
      <button type="button" className="quiet" data-print>
        Print
      </button>
    </form>
  );
}

function presets(timeZone: string): [label: string, period: Period][] {
  return [
    ["7 d", lastDays(7, timeZone)],
    ["28 d", lastDays(28, timeZone)],
    ["90 d", lastDays(90, timeZone)],
    ["Quarter", thisQuarter(timeZone)],
  ];
}

function toPeriodSearch({ from, to }: FilterValues["period"]): URLSearchParams {
  return new URLSearchParams({ from, to });
}

/** The filter values as their form sends them. */
export function toSearchParams({ period, fields }: FilterValues): URLSearchParams {
  return new URLSearchParams({ ...fields, from: period.from, to: period.to });
}

/** A text with links to the documents that it names. */
function WithLinks({ text }: { text: string }) {
  return text.split(/(docs\/[\w-]+\.md)/).map((part) =>
    part.startsWith("docs/") ? (
      <a key={part} href={`/_console/${part}`}>
        {part}
      </a>
    ) : (
      part
    ),
  );
}
