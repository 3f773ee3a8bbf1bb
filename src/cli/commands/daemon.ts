import { spawn } from 'node:child_process'
import path from 'node:path'
import type { Command } from '../command.ts'

const MAIN = path.resolve(import.meta.dirname, '../../main.ts')
const FORWARDED_SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** `slipway daemon`: the daemon's own program in the foreground; its flags are passed on. */
export const daemon: Command = {
  path: ['daemon'],
  usage: '[--state-root DIR] [--listen-port N] [...]',
  summary: 'run the daemon (slipway daemon --help lists its settings)',
  arguments: { min: 0, max: Number.POSITIVE_INFINITY },
  async run({ positionals }) {
    const child = spawn(process.execPath, [MAIN, ...positionals], { stdio: 'inherit' })
    for (const signal of FORWARDED_SIGNALS) process.on(signal, () => child.kill(signal))
    process.exitCode = await new Promise<number>((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', (code) => resolve(code ?? 1))
    })
  },
}
