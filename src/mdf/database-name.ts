/** What Visual Studio appends to the names of databases it attaches: 32 hexadecimal digits. */
const GENERATED_SUFFIX = /_[0-9a-f]{32}$/i
const PATH_SEPARATOR = /[\\/]/

/**
 * The name a database should have when the caller gives none. As a rule it is the name in the boot
 * page. A database attached by its file name (AttachDbFilename) has the file's path in capitals there,
 * or a name with 32 hexadecimal digits behind it: then the primary file's logical name is better,
 * without `.mdf` and `_Data`, and the base name of the path where there is no logical name.
 *
 * `C:\DBS\NORTHWND.MDF` with the logical file name `Northwind` gives `Northwind`.
 */
export function databaseNameOf(bootName: string, primaryLogicalName: string): string {
  const isPath = PATH_SEPARATOR.test(bootName)
  if (!isPath && !GENERATED_SUFFIX.test(bootName)) return bootName
  const logical = withoutFileEnding(primaryLogicalName)
  if (logical !== '') return logical
  const baseName = bootName.split(PATH_SEPARATOR).at(-1) ?? ''
  return withoutFileEnding(baseName.replace(GENERATED_SUFFIX, ''))
}

function withoutFileEnding(name: string): string {
  return name.replace(/\.mdf$/i, '').replace(/_(?:Data|dat)$/i, '')
}
