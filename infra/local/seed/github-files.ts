/** Of getsentry/sentry: a front end that is being converted to TypeScript, its tests, and a back end in Python. */
export function sentryFiles(): string[] {
  return [
    ...named("static/app/components", "tsx", ["alert", "avatar", "button", "dropdownMenu", "tag"]),
    ...named("static/app/components", "jsx", ["contextData", "eventOrGroupHeader", "pagination"]),
    ...named("static/app/components/charts", "tsx", ["areaChart", "baseChart", "lineChart"]),
    ...named("static/app/components/charts", "jsx", ["worldMapChart"]),
    ...named("static/app/views/organizationStats", "tsx", ["index", "usageChart"]),
    ...named("static/app/views/projectDetail", "jsx", ["projectDetail", "projectLatestAlerts"]),
    ...named("static/app/views/events/__fixtures__", "js", ["spans", "transactions"]),
    ...named("static/app/stores", "js", ["groupStore", "tagStore"]),
    ...named("static/app/stores", "ts", ["projectsStore", "teamStore"]),
    ...named("static/app/utils", "ts", ["dates", "formatters", "queryString"]),
    ...named("static/app/utils", "js", ["marked", "tokenizeSearch"]),
    ...named("static/app/utils/__mocks__", "js", ["analytics"]),
    ...named("static/app/stories", "js", ["button.stories"]),
    ...named("static/app/types", "d.ts", ["global"]),
    ...named("tests/js/spec/components", "spec.jsx", ["alert", "button", "pagination"]),
    ...named("tests/js/spec/utils", "spec.tsx", ["dates"]),
    ...named("src/sentry/api", "py", ["__init__", "base", "serializers"]),
    "static/app/index.tsx",
    "static/less/base.less",
    "README.rst",
    "package.json",
  ];
}

/** Of getsentry/getsentry. */
export function getsentryFiles(): string[] {
  return [
    ...named("static/getsentry/components", "jsx", ["creditCard", "invoiceTable", "upgradeButton"]),
    ...named("static/getsentry/components", "tsx", ["planCard"]),
    ...named("static/getsentry/utils", "js", ["billing"]),
    ...named("static/getsentry/utils", "ts", ["trackAnalytics"]),
    ...named("static/getsentry/__mocks__", "js", ["stripe"]),
    ...named("tests/js/getsentry/components", "spec.jsx", ["invoiceTable", "planCard"]),
    ...named("getsentry/billing", "py", ["__init__", "invoices"]),
    "README.md",
  ];
}

function named(folder: string, extension: string, names: string[]): string[] {
  return names.map((name) => `${folder}/${name}.${extension}`);
}
