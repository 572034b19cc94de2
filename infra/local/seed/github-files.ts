/** Files of getsentry/sentry: a front end that is partly converted to TypeScript, its tests, and a back end in Python. */
export function sentryFiles(): string[] {
  return [
    ...listFiles("static/app/components", "tsx", ["alert", "avatar", "button", "dropdownMenu", "tag"]),
    ...listFiles("static/app/components", "jsx", ["contextData", "eventOrGroupHeader", "pagination"]),
    ...listFiles("static/app/components/charts", "tsx", ["areaChart", "baseChart", "lineChart"]),
    ...listFiles("static/app/components/charts", "jsx", ["worldMapChart"]),
    ...listFiles("static/app/views/organizationStats", "tsx", ["index", "usageChart"]),
    ...listFiles("static/app/views/projectDetail", "jsx", ["projectDetail", "projectLatestAlerts"]),
    ...listFiles("static/app/views/events/__fixtures__", "js", ["spans", "transactions"]),
    ...listFiles("static/app/stores", "js", ["groupStore", "tagStore"]),
    ...listFiles("static/app/stores", "ts", ["projectsStore", "teamStore"]),
    ...listFiles("static/app/utils", "ts", ["dates", "formatters", "queryString"]),
    ...listFiles("static/app/utils", "js", ["marked", "tokenizeSearch"]),
    ...listFiles("static/app/utils/__mocks__", "js", ["analytics"]),
    ...listFiles("static/app/stories", "js", ["button.stories"]),
    ...listFiles("static/app/types", "d.ts", ["global"]),
    ...listFiles("tests/js/spec/components", "spec.jsx", ["alert", "button", "pagination"]),
    ...listFiles("tests/js/spec/utils", "spec.tsx", ["dates"]),
    ...listFiles("src/sentry/api", "py", ["__init__", "base", "serializers"]),
    "static/app/index.tsx",
    "static/less/base.less",
    "README.rst",
    "package.json",
  ];
}

/** Files of getsentry/getsentry. */
export function getsentryFiles(): string[] {
  return [
    ...listFiles("static/getsentry/components", "jsx", ["creditCard", "invoiceTable", "upgradeButton"]),
    ...listFiles("static/getsentry/components", "tsx", ["planCard"]),
    ...listFiles("static/getsentry/utils", "js", ["billing"]),
    ...listFiles("static/getsentry/utils", "ts", ["trackAnalytics"]),
    ...listFiles("static/getsentry/__mocks__", "js", ["stripe"]),
    ...listFiles("tests/js/getsentry/components", "spec.jsx", ["invoiceTable", "planCard"]),
    ...listFiles("getsentry/billing", "py", ["__init__", "invoices"]),
    "README.md",
  ];
}

function listFiles(folder: string, extension: string, names: string[]): string[] {
  return names.map((name) => `${folder}/${name}.${extension}`);
}
