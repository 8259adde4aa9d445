import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Budget, Row, SuiteResult } from './suite.ts';

/** Writes `dist/bench/<suite>.json` and returns its path. */
export async function writeReport(
  workspaceRoot: string,
  suite: string,
  result: SuiteResult,
): Promise<string> {
  const file = path.join(workspaceRoot, 'dist/bench', `${suite}.json`);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify({ suite, machine: describeMachine(), ...result }, null, 2)}\n`);
  return file;
}

/** Rows and budgets as text, for a terminal. */
export function formatResult({ rows, budgets }: SuiteResult): string {
  return [...rows.map(formatRow), '', ...budgets.map(formatBudget)].join('\n');
}

function formatRow({ name, metric, unit, median, samples }: Row): string {
  return `${name.padEnd(34)} ${metric.padEnd(30)} ${formatNumber(median).padStart(10)} ${unit} (n=${samples.length})`;
}

function formatBudget({ name, limit, value, atLeast, ok }: Budget): string {
  const sign = atLeast === true ? '>=' : '<=';
  return `${ok ? 'ok  ' : 'FAIL'} ${name}: ${formatNumber(value)} (${sign} ${limit})`;
}

function formatNumber(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function describeMachine(): Record<string, string | number> {
  const [cpu] = os.cpus();
  return {
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    cpu: cpu?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memoryMb: Math.round(os.totalmem() / 2 ** 20),
  };
}
