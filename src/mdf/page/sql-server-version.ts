/** Internal versions whose files this reader understands: SQL Server 2005 to 2025. */
export const OLDEST_SUPPORTED_VERSION = 611
export const NEWEST_SUPPORTED_VERSION = 998

/** The first internal version of each SQL Server (format reference 3.7), the newest first. */
const FIRST_VERSIONS: readonly (readonly [internalVersion: number, name: string])[] = [
  [998, 'SQL Server 2025'],
  [905, 'SQL Server 2022'],
  [870, 'SQL Server 2019'],
  [853, 'SQL Server 2017'],
  [783, 'SQL Server 2016'],
  [707, 'SQL Server 2014'],
  [662, 'SQL Server 2012'],
  [660, 'SQL Server 2008 R2'],
  [613, 'SQL Server 2008'],
  [611, 'SQL Server 2005'],
  [539, 'SQL Server 2000'],
  [515, 'SQL Server 7.0'],
]

/** The product that writes files of an internal version, previews included: 655 → SQL Server 2008. */
export function sqlServerVersionName(internalVersion: number): string {
  if (internalVersion > NEWEST_SUPPORTED_VERSION) return 'a SQL Server newer than 2025'
  const match = FIRST_VERSIONS.find(([first]) => internalVersion >= first)
  return match === undefined ? 'a SQL Server older than 7.0' : match[1]
}
