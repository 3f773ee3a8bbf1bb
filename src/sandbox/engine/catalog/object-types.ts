/** sys.objects.type_desc by type. */
const TYPE_DESCRIPTIONS: Readonly<Record<string, string>> = {
  AF: 'AGGREGATE_FUNCTION',
  C: 'CHECK_CONSTRAINT',
  D: 'DEFAULT_CONSTRAINT',
  EC: 'EDGE_CONSTRAINT',
  ET: 'EXTERNAL_TABLE',
  F: 'FOREIGN_KEY_CONSTRAINT',
  FN: 'SQL_SCALAR_FUNCTION',
  FS: 'CLR_SCALAR_FUNCTION',
  FT: 'CLR_TABLE_VALUED_FUNCTION',
  IF: 'SQL_INLINE_TABLE_VALUED_FUNCTION',
  IT: 'INTERNAL_TABLE',
  P: 'SQL_STORED_PROCEDURE',
  PC: 'CLR_STORED_PROCEDURE',
  PG: 'PLAN_GUIDE',
  PK: 'PRIMARY_KEY_CONSTRAINT',
  R: 'RULE',
  RF: 'REPLICATION_FILTER_PROCEDURE',
  S: 'SYSTEM_TABLE',
  SN: 'SYNONYM',
  SO: 'SEQUENCE_OBJECT',
  SQ: 'SERVICE_QUEUE',
  TA: 'CLR_TRIGGER',
  TF: 'SQL_TABLE_VALUED_FUNCTION',
  TR: 'SQL_TRIGGER',
  TT: 'TYPE_TABLE',
  U: 'USER_TABLE',
  UQ: 'UNIQUE_CONSTRAINT',
  V: 'VIEW',
  X: 'EXTENDED_STORED_PROCEDURE',
}

export function typeDescription(type: string): string | null {
  return TYPE_DESCRIPTIONS[type] ?? null
}

/** char(2), as sys.objects.type is. */
export function paddedType(type: string): string {
  return type.padEnd(2)
}

export const MODULE_TYPES: ReadonlySet<string> = new Set([
  'P',
  'V',
  'FN',
  'IF',
  'TF',
  'TR',
  'R',
  'RF',
])
export const ROUTINE_TYPES: ReadonlySet<string> = new Set(['P', 'PC', 'FN', 'IF', 'TF', 'FS', 'FT'])
export const FUNCTION_TYPES: ReadonlySet<string> = new Set(['FN', 'IF', 'TF', 'FS', 'FT'])
