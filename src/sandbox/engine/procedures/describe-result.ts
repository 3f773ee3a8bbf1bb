import type { SqlType } from '../../../mdf/index.ts'
import type { ResultColumn } from '../../tds/index.ts'
import { collationNameOrNull, systemTypeId } from '../catalog/system-types.ts'
import { bindParameters } from '../session/bind-parameters.ts'
import { type EngineProcedure, requiredText, sendRows, textArgument } from './engine-procedure.ts'

const COLUMNS = `
  is_hidden bit
  column_ordinal int
  name sysname ?
  is_nullable bit
  system_type_id int
  system_type_name nvarchar(256) ?
  max_length smallint
  precision tinyint
  scale tinyint
  collation_name sysname ?
  user_type_id int ?
  user_type_database sysname ?
  user_type_schema sysname ?
  user_type_name sysname ?
  assembly_qualified_type_name nvarchar(4000) ?
  xml_collection_id int ?
  xml_collection_database sysname ?
  xml_collection_schema sysname ?
  xml_collection_name sysname ?
  is_xml_document bit
  is_case_sensitive bit
  is_fixed_length_clr_type bit
  source_server sysname ?
  source_database sysname ?
  source_schema sysname ?
  source_table sysname ?
  source_column sysname ?
  is_identity_column bit ?
  is_part_of_unique_key bit ?
  is_updateable bit ?
  is_computed_column bit ?
  is_sparse_column_set bit ?
  ordinal_in_order_by_list smallint ?
  order_by_is_descending smallint ?
  order_by_list_length smallint ?
  tds_type_id int
  tds_length int
  tds_collation_id int ?
  tds_collation_sort_id tinyint ?`

/** sp_describe_first_result_set: the columns a batch would give, without running it. */
const describeFirstResultSet: EngineProcedure = async (args, context) => {
  const procedure = 'sp_describe_first_result_set'
  const text = requiredText(args, { name: 'tsql', position: 0, procedure })
  const declarations = textArgument(args, 'params', 1) ?? ''
  const { describeBatch } = await import('../../tsql/index.ts')
  const { host } = context.session
  const { scalars, tables } = await bindParameters(declarations, undefined, host)
  const parameters = scalars.map(({ parameter }) => parameter)
  const columns = describeBatch(text, host, parameters, tables)
  await sendRows(context, COLUMNS, (columns ?? []).map(columnRow))
  return 0
}

const IGNORE_CASE = 0x1000

function columnRow(column: ResultColumn, index: number) {
  const { type } = column
  const typeId = systemTypeId(type.name)
  return {
    column_ordinal: index + 1,
    name: column.name || null,
    is_nullable: column.nullable,
    system_type_id: typeId,
    system_type_name: typeText(type),
    max_length: type.maxLength,
    precision: type.precision,
    scale: type.scale,
    collation_name: collationNameOrNull(type.collationId),
    is_case_sensitive: type.collationId !== 0 && (type.collationId & IGNORE_CASE) === 0,
    is_identity_column: column.identity,
    is_updateable: false,
    is_computed_column: column.computed,
    is_sparse_column_set: false,
    tds_type_id: typeId,
    tds_length: type.maxLength,
  }
}

/** `nvarchar(50)`, `decimal(10,2)`, `datetime2(7)`, `int` */
function typeText({ name, maxLength, precision, scale }: SqlType): string {
  switch (name) {
    case 'nchar':
    case 'nvarchar':
      return `${name}(${maxLength < 0 ? 'max' : maxLength / 2})`
    case 'char':
    case 'varchar':
    case 'binary':
    case 'varbinary':
      return `${name}(${maxLength < 0 ? 'max' : maxLength})`
    case 'decimal':
    case 'numeric':
      return `${name}(${precision},${scale})`
    case 'time':
    case 'datetime2':
    case 'datetimeoffset':
      return `${name}(${scale})`
    default:
      return name
  }
}

export const DESCRIBE_PROCEDURES: Readonly<Record<string, EngineProcedure>> = {
  sp_describe_first_result_set: describeFirstResultSet,
}
