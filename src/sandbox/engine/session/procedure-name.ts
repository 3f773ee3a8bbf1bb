import type { ObjectName } from '../../tsql/index.ts'

/** Parts: `[a]]b]`, `"a"`, or a word up to the next point. */
const NAME_PART = /\[((?:[^\]]|\]\])*)\]|"((?:[^"]|"")*)"|([^.]*)/y

/** `name;1`: the first of procedures that share a name, of which there is only one here. */
const PROCEDURE_NUMBER = /;1\s*$/

/** The name of a procedure as RPC requests carry it: `sp_who`, `master..sp_who`, `[dbo].[Ten Most]`. */
export function parseProcedureName(written: string): ObjectName {
  const text = written.replace(PROCEDURE_NUMBER, '')
  const parts: string[] = []
  let position = 0
  while (position <= text.length) {
    NAME_PART.lastIndex = position
    const [whole = '', bracketed, quoted, word] = NAME_PART.exec(text) ?? []
    parts.push(bracketed?.replaceAll(']]', ']') ?? quoted?.replaceAll('""', '"') ?? word ?? '')
    position += whole.length + 1 // the point behind the part
  }
  const [name = '', schema = '', database = '', server = ''] = parts.reverse()
  return { server, database, schema, name: name.trim(), line: 1 }
}
