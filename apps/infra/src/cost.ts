import { parseCostArguments } from './cli/cost-arguments.ts';
import { runCommand } from './cli/options.ts';
import { breakEvens } from './cost/break-even.ts';
import { monthlyCosts } from './cost/monthly-cost.ts';
import { toJson, toTable } from './cost/report.ts';

/** `nx run infra:cost -- --requests 10e6 --ms 40 --memory 256 --kb 4`: what that traffic costs behind each front. */
void runCommand(() => {
  const { traffic, json } = parseCostArguments(process.argv.slice(2));
  const report = { traffic, costs: monthlyCosts(traffic), breakEvens: breakEvens(traffic) };
  process.stdout.write(`${json ? toJson(report) : toTable(report)}\n`);
  return 0;
});
