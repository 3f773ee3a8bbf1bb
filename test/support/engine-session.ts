import path from 'node:path'
import { systemClock } from '../../src/base/index.ts'
import { Instance } from '../../src/sandbox/engine/instance/instance.ts'
import { hashPassword } from '../../src/sandbox/engine/instance/logins.ts'
import { MasterFile } from '../../src/sandbox/engine/instance/master-file.ts'
import type { TdsSession } from '../../src/sandbox/tds/index.ts'
import { RecordingSink, TEST_COLLATION_ID } from './memory-host.ts'

const PASSWORD = 'Long-Enough-1'
const US_ENGLISH = 1033

/** The engine without its process and its network: sessions are opened and called directly. */
export class EngineInProcess {
  readonly #instance: Instance

  private constructor(instance: Instance) {
    this.#instance = instance
  }

  static async start(folder: string): Promise<EngineInProcess> {
    const quiet = { file: path.join(folder, 'errorlog'), write: () => {}, writeError: () => {} }
    const instance = new Instance({
      serverName: 'test',
      edition: 'Developer Edition (64-bit)',
      collationId: TEST_COLLATION_ID,
      languageId: US_ENGLISH,
      dataFolder: folder,
      log: quiet,
      clock: systemClock,
      masterFile: new MasterFile(folder),
      master: {
        format: 1,
        createdAt: new Date(0).toISOString(),
        saPassword: hashPassword(PASSWORD),
        saDisabled: false,
        databases: [],
      },
      onShutdown: () => {},
    })
    await instance.recover()
    return new EngineInProcess(instance)
  }

  /** Logs in as sa. */
  openSession(database: string): Promise<TdsSession> {
    const login = {
      tdsVersion: 0x74000004,
      packetSize: 4096,
      clientProcessId: process.pid,
      hostName: 'test',
      userName: 'sa',
      password: PASSWORD,
      applicationName: 'test',
      serverName: 'test',
      libraryName: 'test',
      language: '',
      database,
      integratedSecurity: false,
      remoteAddress: '127.0.0.1',
    }
    return this.#instance.login(login, { kill: () => {} })
  }

  stop(): Promise<void> {
    return this.#instance.close()
  }
}

/** What a session answers to the batches of a script, with GO between them. */
export async function answerOf(session: TdsSession, script: string): Promise<RecordingSink> {
  const sink = new RecordingSink()
  const { signal } = new AbortController()
  for (const batch of script.split(/^GO$/m)) await session.executeBatch(batch, sink, signal)
  return sink
}
