import { PAGE_SIZE } from '../../../../mdf/index.ts'
import { DATABASE_STATES, type Database, USER_ACCESS_MODES } from '../../databases/database.ts'
import type { ContentFile } from '../../databases/database-content.ts'
import { SA_SID } from '../../instance/logins.ts'
import { toSqlTime } from '../../instance/sql-time.ts'
import { type CatalogView, catalogView, type ViewContext, type ViewRow } from '../catalog-view.ts'
import { collationNameOrNull } from '../system-types.ts'

const RECOVERY_MODEL_NUMBERS = { FULL: 1, BULK_LOGGED: 2, SIMPLE: 3 } as const
const PAGE_VERIFY_NUMBERS = { NONE: 0, TORN_PAGE_DETECTION: 1, CHECKSUM: 2 } as const

const FILE_COLUMNS = `
  file_id int
  file_guid uniqueidentifier ?
  type tinyint
  type_desc nvarchar(60) ?
  data_space_id int
  name sysname
  physical_name nvarchar(260) ?
  state tinyint ?
  state_desc nvarchar(60) ?
  size int
  max_size int
  growth int
  is_media_read_only bit
  is_read_only bit
  is_sparse bit
  is_percent_growth bit
  is_name_reserved bit
  is_persistent_log_buffer bit
  create_lsn numeric(25,0) ?
  drop_lsn numeric(25,0) ?
  read_only_lsn numeric(25,0) ?
  read_write_lsn numeric(25,0) ?
  differential_base_lsn numeric(25,0) ?
  differential_base_guid uniqueidentifier ?
  differential_base_time datetime ?
  redo_start_lsn numeric(25,0) ?
  redo_start_fork_guid uniqueidentifier ?
  redo_target_lsn numeric(25,0) ?
  redo_target_fork_guid uniqueidentifier ?
  backup_lsn numeric(25,0) ?`

const DATA_SPACE_COLUMNS = `
  name sysname
  data_space_id int
  type char(2)
  type_desc nvarchar(60) ?
  is_default bit ?
  is_system bit ?`

export const DATABASE_VIEWS: readonly CatalogView[] = [
  catalogView(
    'sys.databases',
    `name sysname
    database_id int
    source_database_id int ?
    owner_sid varbinary(85) ?
    create_date datetime
    compatibility_level tinyint
    collation_name sysname ?
    user_access tinyint ?
    user_access_desc nvarchar(60) ?
    is_read_only bit ?
    is_auto_close_on bit
    is_auto_shrink_on bit ?
    state tinyint ?
    state_desc nvarchar(60) ?
    is_in_standby bit ?
    is_cleanly_shutdown bit ?
    is_supplemental_logging_enabled bit ?
    snapshot_isolation_state tinyint ?
    snapshot_isolation_state_desc nvarchar(60) ?
    is_read_committed_snapshot_on bit ?
    recovery_model tinyint ?
    recovery_model_desc nvarchar(60) ?
    page_verify_option tinyint ?
    page_verify_option_desc nvarchar(60) ?
    is_auto_create_stats_on bit ?
    is_auto_create_stats_incremental_on bit ?
    is_auto_update_stats_on bit ?
    is_auto_update_stats_async_on bit ?
    is_ansi_null_default_on bit ?
    is_ansi_nulls_on bit ?
    is_ansi_padding_on bit ?
    is_ansi_warnings_on bit ?
    is_arithabort_on bit ?
    is_concat_null_yields_null_on bit ?
    is_numeric_roundabort_on bit ?
    is_quoted_identifier_on bit ?
    is_recursive_triggers_on bit ?
    is_cursor_close_on_commit_on bit ?
    is_local_cursor_default bit ?
    is_fulltext_enabled bit ?
    is_trustworthy_on bit ?
    is_db_chaining_on bit ?
    is_parameterization_forced bit ?
    is_master_key_encrypted_by_server bit
    is_query_store_on bit ?
    is_published bit
    is_subscribed bit
    is_merge_published bit
    is_distributor bit
    is_sync_with_backup bit
    service_broker_guid uniqueidentifier
    is_broker_enabled bit
    log_reuse_wait tinyint ?
    log_reuse_wait_desc nvarchar(60) ?
    is_date_correlation_on bit
    is_cdc_enabled bit
    is_encrypted bit ?
    is_honor_broker_priority_on bit ?
    replica_id uniqueidentifier ?
    group_database_id uniqueidentifier ?
    resource_pool_id int ?
    default_language_lcid smallint ?
    default_language_name nvarchar(128) ?
    default_fulltext_language_lcid int ?
    default_fulltext_language_name nvarchar(128) ?
    is_nested_triggers_on bit ?
    is_transform_noise_words_on bit ?
    two_digit_year_cutoff smallint ?
    containment tinyint ?
    containment_desc nvarchar(60) ?
    target_recovery_time_in_seconds int ?
    delayed_durability int ?
    delayed_durability_desc nvarchar(60) ?
    is_memory_optimized_elevate_to_snapshot_on bit ?
    is_federation_member bit ?
    is_remote_data_archive_enabled bit ?
    is_mixed_page_allocation_on bit ?
    is_temporal_history_retention_enabled bit ?
    catalog_collation_type int
    catalog_collation_type_desc nvarchar(60) ?
    physical_database_name nvarchar(128) ?
    is_result_set_caching_on bit ?
    is_accelerated_database_recovery_on bit ?
    is_tempdb_spill_to_remote_store bit ?
    is_stale_page_detection_on bit ?
    is_memory_optimized_enabled bit ?
    is_data_retention_enabled bit ?
    is_ledger_on bit ?
    is_change_feed_enabled bit ?`,
    ({ instance }) => instance.databases.list().map(databaseRow),
  ),
  catalogView('sys.database_files', FILE_COLUMNS, ({ database }) =>
    database.content.files.map((file) => fileRow(file)),
  ),
  catalogView(
    'sys.master_files',
    `database_id int
    ${FILE_COLUMNS}
    credential_id int ?`,
    ({ instance }) =>
      instance.databases.list().flatMap((database) =>
        (database.openContent?.files ?? []).map((file) => ({
          ...fileRow(file),
          database_id: database.id,
        })),
      ),
  ),
  catalogView(
    'sys.filegroups',
    `${DATA_SPACE_COLUMNS}
    filegroup_guid uniqueidentifier ?
    log_filegroup_id int ?
    is_read_only bit ?
    is_autogrow_all_files bit ?`,
    filegroupRows,
  ),
  catalogView('sys.data_spaces', DATA_SPACE_COLUMNS, filegroupRows),
]

function databaseRow(database: Database): ViewRow {
  const settings = database.openContent?.settings
  return {
    ...DATABASE_DEFAULTS,
    name: database.name,
    database_id: database.id,
    owner_sid: SA_SID,
    create_date: database.isSystem
      ? (settings?.createDate ?? toSqlTime(database.attachedAt))
      : toSqlTime(database.attachedAt),
    compatibility_level: settings?.compatibilityLevel ?? 0,
    collation_name: settings === undefined ? null : collationNameOrNull(settings.collationId),
    user_access: USER_ACCESS_MODES[database.userAccess],
    user_access_desc: database.userAccess,
    is_read_only: database.isReadOnly,
    is_auto_close_on: settings?.isAutoClose ?? false,
    is_auto_shrink_on: settings?.isAutoShrink ?? false,
    state: DATABASE_STATES[database.state],
    state_desc: database.state,
    is_cleanly_shutdown: database.state !== 'ONLINE',
    recovery_model: RECOVERY_MODEL_NUMBERS[settings?.recoveryModel ?? 'SIMPLE'],
    recovery_model_desc: settings?.recoveryModel ?? 'SIMPLE',
    page_verify_option: PAGE_VERIFY_NUMBERS[settings?.pageVerify ?? 'NONE'],
    page_verify_option_desc: settings?.pageVerify ?? 'NONE',
    is_db_chaining_on: database.isSystem && database.name !== 'model',
    is_trustworthy_on: database.name === 'msdb',
    physical_database_name: database.name,
  }
}

/** Options the engine does not have: off, or as a new database of SQL Server has them. */
const DATABASE_DEFAULTS: ViewRow = {
  is_in_standby: false,
  is_supplemental_logging_enabled: false,
  snapshot_isolation_state: 0,
  snapshot_isolation_state_desc: 'OFF',
  is_read_committed_snapshot_on: false,
  is_auto_create_stats_on: true,
  is_auto_create_stats_incremental_on: false,
  is_auto_update_stats_on: true,
  is_auto_update_stats_async_on: false,
  is_ansi_null_default_on: false,
  is_ansi_nulls_on: false,
  is_ansi_padding_on: false,
  is_ansi_warnings_on: false,
  is_arithabort_on: false,
  is_concat_null_yields_null_on: false,
  is_numeric_roundabort_on: false,
  is_quoted_identifier_on: false,
  is_recursive_triggers_on: false,
  is_cursor_close_on_commit_on: false,
  is_local_cursor_default: false,
  is_fulltext_enabled: false,
  is_parameterization_forced: false,
  is_query_store_on: false,
  service_broker_guid: '00000000-0000-0000-0000-000000000000',
  log_reuse_wait: 0,
  log_reuse_wait_desc: 'NOTHING',
  is_encrypted: false,
  is_honor_broker_priority_on: false,
  containment: 0,
  containment_desc: 'NONE',
  target_recovery_time_in_seconds: 60,
  delayed_durability: 0,
  delayed_durability_desc: 'DISABLED',
  is_memory_optimized_elevate_to_snapshot_on: false,
  is_federation_member: false,
  is_remote_data_archive_enabled: false,
  is_mixed_page_allocation_on: false,
  is_temporal_history_retention_enabled: true,
  catalog_collation_type_desc: 'DATABASE_DEFAULT',
  is_result_set_caching_on: false,
  is_accelerated_database_recovery_on: false,
  is_tempdb_spill_to_remote_store: false,
  is_stale_page_detection_on: false,
  is_memory_optimized_enabled: false,
  is_data_retention_enabled: false,
  is_ledger_on: false,
  is_change_feed_enabled: false,
}

function fileRow(file: ContentFile): ViewRow {
  return {
    file_id: file.fileId,
    file_guid: file.fileGuid || null,
    type: file.isLog ? 1 : 0,
    type_desc: file.isLog ? 'LOG' : 'ROWS',
    data_space_id: file.isLog ? 0 : file.filegroupId,
    name: file.logicalName,
    physical_name: file.path,
    state: 0,
    state_desc: 'ONLINE',
    size: file.sizePages,
    max_size: file.maxSizePages,
    growth: file.growth,
    is_percent_growth: file.growthIsPercent,
  }
}

/** Kilobytes of a number of pages, as sp_helpfile and sp_helpdb print sizes. */
export function pagesToKilobytes(pages: number): number {
  return pages * (PAGE_SIZE / 1024)
}

function filegroupRows({ database }: ViewContext): readonly ViewRow[] {
  const PRIMARY = 1
  return database.content.catalog.filegroups.map(({ filegroupId, name }) => ({
    name,
    data_space_id: filegroupId,
    type: 'FG',
    type_desc: 'ROWS_FILEGROUP',
    is_default: filegroupId === PRIMARY,
    is_system: false,
    is_read_only: false,
    is_autogrow_all_files: false,
  }))
}
