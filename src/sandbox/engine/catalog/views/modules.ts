import { type SqlType, type SqlValue, SqlVariant } from '../../../../mdf/index.ts'
import { type CatalogView, catalogView, type ViewContext, type ViewRow } from '../catalog-view.ts'
import { MODULE_TYPES } from '../object-types.ts'
import { objectsOf } from './objects.ts'

const MODULE_COLUMNS = `
  object_id int
  definition nvarchar(max) ?
  uses_ansi_nulls bit ?
  uses_quoted_identifier bit ?
  is_schema_bound bit ?
  uses_database_collation bit ?
  is_recompiled bit ?
  null_on_null_input bit ?
  execute_as_principal_id int ?
  uses_native_compilation bit ?
  inline_type bit ?
  is_inlineable bit ?`

/** Names of extended properties' classes, by number. */
const PROPERTY_CLASSES: Readonly<Record<number, string>> = {
  0: 'DATABASE',
  1: 'OBJECT_OR_COLUMN',
  2: 'PARAMETER',
  3: 'SCHEMA',
  4: 'DATABASE_PRINCIPAL',
  5: 'ASSEMBLY',
  6: 'TYPE',
  7: 'INDEX',
  8: 'USER_DEFINED_TABLE_TYPE_COLUMN',
  10: 'XML_SCHEMA_COLLECTION',
  20: 'DATASPACE',
  22: 'DATABASE_FILE',
}

export const MODULE_VIEWS: readonly CatalogView[] = [
  catalogView('sys.sql_modules', MODULE_COLUMNS, moduleRows),
  catalogView('sys.all_sql_modules', MODULE_COLUMNS, moduleRows),
  catalogView(
    'sys.extended_properties',
    `class tinyint
    class_desc nvarchar(60) ?
    major_id int
    minor_id int
    name sysname
    value sql_variant ?`,
    ({ database }) =>
      database.content.catalog.extendedProperties.map((property) => ({
        class: property.class,
        class_desc: PROPERTY_CLASSES[property.class] ?? null,
        major_id: property.majorId,
        minor_id: property.minorId,
        name: property.name,
        value: asVariant(property.value, database.content.settings.collationId),
      })),
  ),
]

function* moduleRows(context: ViewContext): Generator<ViewRow> {
  const { catalog } = context.database.content
  for (const object of objectsOf(context)) {
    if (!MODULE_TYPES.has(object.type)) continue
    yield {
      object_id: object.objectId,
      definition: catalog.moduleText(object.objectId)?.text ?? null,
      uses_ansi_nulls: object.usesAnsiNulls,
      uses_quoted_identifier: object.usesQuotedIdentifier,
      is_schema_bound: false,
      uses_database_collation: false,
      is_recompiled: false,
      null_on_null_input: false,
      uses_native_compilation: false,
      inline_type: false,
      is_inlineable: false,
    }
  }
}

/** The catalog keeps some values bare; in a sql_variant column each carries its type. */
function asVariant(value: SqlValue, collationId: number): SqlValue {
  if (typeof value !== 'string') return value
  const type: SqlType = {
    name: 'nvarchar',
    maxLength: Math.max(2, value.length * 2),
    precision: 0,
    scale: 0,
    collationId,
  }
  return new SqlVariant(type, value)
}
