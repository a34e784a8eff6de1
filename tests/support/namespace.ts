/** Network namespaces for tests: a machine of one's own, where listening on an outside interface harms nobody. */
import { spawn, type ChildProcess, spawnSync } from 'node:child_process';

export class Namespace {
  readonly name: string;
  readonly made: boolean;

  /** Needs root and `ip`; `made` says whether it worked. */
  constructor(suffix: string) {
    this.name = `icescope-${process.pid}-${suffix}`;
    this.made = spawnSync('ip', ['netns', 'add', this.name]).status === 0;
  }

  run(...command: string[]): { status: number | null; stdout: string; stderr: string } {
    return spawnSync('ip', ['netns', 'exec', this.name, ...command], { encoding: 'utf8', timeout: 90_000 });
  }

  /** True when every line worked. */
  shell(...lines: string[]): boolean {
    return this.made && this.run('sh', '-c', lines.join(' && ')).status === 0;
  }

  start(...command: string[]): ChildProcess {
    return spawn('ip', ['netns', 'exec', this.name, ...command], { stdio: ['ignore', 'pipe', 'inherit'] });
  }

  remove(): void {
    if (this.made) spawnSync('ip', ['netns', 'del', this.name]);
  }
}
