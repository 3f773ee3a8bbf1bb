import type { Clone } from '../server/index.ts'
import { formatBytes, formatTable } from './output.ts'

/** A clone as a person reads it: where it is, how to log in, what it costs. */
export function describeClone(clone: Clone): string {
  const { connectionStrings, store } = clone
  return formatTable(
    ['NAME', clone.name],
    [
      ['ID', clone.id],
      ['STATUS', clone.status],
      ['IMAGE', clone.image],
      ['DATABASE', clone.database],
      ['ADDRESS', `${clone.host},${clone.port}`],
      ['USER', clone.user],
      ['PASSWORD', clone.password],
      [
        'OWN BYTES',
        `${formatBytes(store.exclusiveBytes)} of ${formatBytes(store.apparentBytes)} (${store.driver})`,
      ],
      ['EXPIRES', clone.expiresAt ?? 'never'],
      ['ADO.NET', connectionStrings.adonet],
      ['JDBC', connectionStrings.jdbc],
      ['ODBC', connectionStrings.odbc],
      ['URL', connectionStrings.url],
      ...(clone.error === undefined ? [] : [['ERROR', clone.error.message]]),
    ],
  )
}
