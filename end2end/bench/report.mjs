// usage: node report.mjs ROWS REPORT
// Makes the report of the measured rows and prints it as a table.
import { readFileSync, writeFileSync } from "node:fs";

const [rowsFile, reportFile] = process.argv.slice(2);
const lines = readFileSync(rowsFile, "utf8").split("\n").filter(Boolean);
const report = lines.map((line) => {
  const { name, value, unit, budget = null } = JSON.parse(line);
  return { name, value, unit, budget, met: budget === null ? null : value <= budget };
});
writeFileSync(reportFile, `${JSON.stringify(report, null, 2)}\n`);

const number = (value) => (Number.isInteger(value) ? String(value) : value.toFixed(2));
const distance = ({ value, budget, met }) => {
  if (budget === null) return "";
  const share = Math.round((value / budget) * 100);
  return met ? `met, ${share} % of it` : `missed, ${share} % of it`;
};
const cells = report.map((row) => [
  row.name,
  `${number(row.value)} ${row.unit}`,
  row.budget === null ? "none" : `${number(row.budget)} ${row.unit}`,
  distance(row),
]);
const table = [["what", "measured", "budget", ""], ...cells];
const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column].length)));
for (const row of table) console.log(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd());
