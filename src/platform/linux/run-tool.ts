import { execFile } from 'node:child_process'
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import path from 'node:path'
import { PlatformError, systemErrorCode } from '../../base/index.ts'

/** Where administration tools live; often missing from a service's PATH. */
const SYSTEM_FOLDERS = ['/usr/sbin', '/usr/bin', '/sbin', '/bin']

/** Full path of an administration tool (`mkfs.xfs`), or undefined where it is not installed. */
export async function findTool(name: string): Promise<string | undefined> {
  const folders = [...(process.env['PATH'] ?? '').split(':').filter(Boolean), ...SYSTEM_FOLDERS]
  for (const folder of folders) {
    const file = path.join(folder, name)
    if (await isExecutable(file)) return file
  }
  return undefined
}

/**
 * Runs an administration tool and answers its standard output.
 *
 * @throws PlatformError STORE_UNSUPPORTED with the tool's own words when it is missing or fails
 */
export async function runTool(name: string, args: readonly string[]): Promise<string> {
  const file = await findTool(name)
  if (file === undefined) {
    throw new PlatformError('STORE_UNSUPPORTED', `the program ${name} is not installed`)
  }
  // LC_ALL: messages may be shown to the user beside ours.
  const environment = { ...process.env, LC_ALL: 'C' }
  return await new Promise((resolve, reject) => {
    execFile(file, args, { env: environment }, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout)
      const why = stderr.trim().replaceAll('\n', '; ') || systemErrorCode(error) || error.message
      reject(new PlatformError('STORE_UNSUPPORTED', `${name}: ${why}`, { cause: error }))
    })
  })
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
