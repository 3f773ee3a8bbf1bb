import { PlatformError, systemErrorCode } from '../base/index.ts'

/** Words for "no room left": the disk, or the user's share of it. */
const FULL = ['ENOSPC', 'EDQUOT']

/** The failure of a write to the store as the platform names it: a full disk becomes STORE_FULL. */
export function toStoreError(error: unknown, doing: string): unknown {
  if (!FULL.includes(systemErrorCode(error) ?? '')) return error
  return new PlatformError('STORE_FULL', `${doing}: no space left`, { cause: error })
}
