import { collationIdByName, type SqlType } from '../../../../../src/mdf/index.ts'
import { resolveTypeName } from '../../../../../src/sandbox/tsql/values/index.ts'

export const COLLATION = collationIdByName('SQL_Latin1_General_CP1_CI_AS') ?? 0

/** A type as CAST would read it: `varchar(20)`, `decimal(5, 2)`. */
export function typeFromText(text: string, collationId: number = COLLATION): SqlType {
  const [, name = '', list = ''] = /^([\w ]+?)(?:\((.*)\))?$/.exec(text) ?? []
  const args = list === '' ? [] : list.split(',').map((part) => part.trim())
  return resolveTypeName(
    {
      schema: '',
      name,
      arguments: args.map((part) => (part === 'max' ? 'max' : Number(part))),
    },
    collationId,
    { forCast: true },
  )
}
