import { arch, cpus, release, totalmem, type } from 'node:os'
import { SqlVariant } from '../../../../mdf/index.ts'
import { toSqlTime } from '../../instance/sql-time.ts'
import { type CatalogView, catalogView } from '../catalog-view.ts'
import { MESSAGES } from '../message-texts.ts'

const INT = { name: 'int', maxLength: 4, precision: 10, scale: 0, collationId: 0 } as const
const ENGLISH = 1033

/** configuration_id, name, value, minimum, maximum, description, is_dynamic, is_advanced */
const CONFIGURATIONS: readonly (readonly [
  number,
  string,
  number,
  number,
  number,
  string,
  boolean,
  boolean,
])[] = [
  [
    101,
    'recovery interval (min)',
    0,
    0,
    32_767,
    'Maximum recovery interval in minutes',
    true,
    true,
  ],
  [102, 'allow updates', 0, 0, 1, 'Allow updates to system tables', true, false],
  [103, 'user connections', 0, 0, 32_767, 'Number of user connections allowed', false, true],
  [115, 'nested triggers', 1, 0, 1, 'Allow triggers to be invoked within triggers', true, false],
  [117, 'remote access', 0, 0, 1, 'Allow remote access', false, false],
  [124, 'default language', 0, 0, 9999, 'default language', true, false],
  [518, 'show advanced options', 0, 0, 1, 'show advanced options', true, false],
  [
    1538,
    'cost threshold for parallelism',
    5,
    0,
    32_767,
    'cost threshold for parallelism',
    true,
    true,
  ],
  [1539, 'max degree of parallelism', 1, 0, 32_767, 'maximum degree of parallelism', true, true],
  [
    1544,
    'max server memory (MB)',
    2_147_483_647,
    128,
    2_147_483_647,
    'Maximum size of server memory (MB)',
    true,
    true,
  ],
  [1562, 'clr enabled', 0, 0, 1, 'CLR user code execution enabled in the server', true, false],
  [
    1576,
    'remote admin connections',
    0,
    0,
    1,
    'Dedicated Admin Connections are allowed from remote clients',
    true,
    false,
  ],
  [
    1579,
    'backup compression default',
    0,
    0,
    2,
    'Enable compression of backups by default',
    true,
    false,
  ],
  [16_384, 'Agent XPs', 0, 0, 1, 'Enable or disable Agent XPs', true, true],
  [16_390, 'xp_cmdshell', 0, 0, 1, 'Enable or disable command shell', true, true],
  [
    16_393,
    'contained database authentication',
    0,
    0,
    1,
    'Enables contained databases and contained authentication',
    true,
    false,
  ],
]

export const SERVER_VIEWS: readonly CatalogView[] = [
  catalogView(
    'sys.configurations',
    `configuration_id int
    name nvarchar(35)
    value sql_variant ?
    minimum sql_variant ?
    maximum sql_variant ?
    value_in_use sql_variant ?
    description nvarchar(255)
    is_dynamic bit
    is_advanced bit`,
    () =>
      CONFIGURATIONS.map(([id, name, value, minimum, maximum, description, dynamic, advanced]) => ({
        configuration_id: id,
        name,
        value: new SqlVariant(INT, value),
        minimum: new SqlVariant(INT, minimum),
        maximum: new SqlVariant(INT, maximum),
        value_in_use: new SqlVariant(INT, value),
        description,
        is_dynamic: dynamic,
        is_advanced: advanced,
      })),
  ),
  catalogView(
    'sys.messages',
    `message_id int
    language_id smallint
    severity tinyint
    is_event_logged bit
    text nvarchar(2048)`,
    () =>
      MESSAGES.map(([number, severity, text]) => ({
        message_id: number,
        language_id: ENGLISH,
        severity,
        is_event_logged: severity >= 19,
        text,
      })),
  ),
  catalogView(
    'sys.servers',
    `server_id int
    name sysname
    product sysname
    provider sysname
    data_source nvarchar(4000) ?
    location nvarchar(4000) ?
    provider_string nvarchar(4000) ?
    catalog sysname ?
    connect_timeout int ?
    query_timeout int ?
    is_linked bit
    is_remote_login_enabled bit
    is_rpc_out_enabled bit
    is_data_access_enabled bit
    is_collation_compatible bit
    uses_remote_collation bit
    collation_name sysname ?
    lazy_schema_validation bit
    is_system bit
    is_publisher bit
    is_subscriber bit ?
    is_distributor bit ?
    is_nonsql_subscriber bit ?
    is_remote_proc_transaction_promotion_enabled bit ?
    modify_date datetime
    is_rda_server bit ?`,
    ({ instance }) => [
      {
        name: instance.serverName,
        product: 'SQL Server',
        provider: 'SQLNCLI',
        data_source: instance.serverName,
        is_remote_login_enabled: true,
        is_rpc_out_enabled: true,
        uses_remote_collation: true,
        modify_date: toSqlTime(instance.startedAt),
      },
    ],
  ),
  catalogView(
    'sys.dm_os_sys_info',
    `cpu_ticks bigint
    ms_ticks bigint
    cpu_count int
    hyperthread_ratio int
    physical_memory_kb bigint
    virtual_memory_kb bigint
    committed_kb bigint
    committed_target_kb bigint
    max_workers_count int
    scheduler_count int
    sqlserver_start_time_ms_ticks bigint
    sqlserver_start_time datetime
    process_physical_affinity nvarchar(3072)
    virtual_machine_type int
    virtual_machine_type_desc nvarchar(60)
    container_type int
    container_type_desc nvarchar(60)`,
    ({ instance }) => [
      {
        ms_ticks: BigInt(Math.floor(performance.now())),
        cpu_count: cpus().length,
        hyperthread_ratio: 1,
        physical_memory_kb: BigInt(Math.floor(totalmem() / 1024)),
        committed_kb: BigInt(Math.floor(process.memoryUsage.rss() / 1024)),
        max_workers_count: 1,
        scheduler_count: 1,
        sqlserver_start_time: toSqlTime(instance.startedAt),
        virtual_machine_type_desc: 'NONE',
        container_type_desc: 'NONE',
      },
    ],
  ),
  catalogView(
    'sys.dm_os_host_info',
    `host_platform nvarchar(256)
    host_distribution nvarchar(256)
    host_release nvarchar(256)
    host_service_pack_level nvarchar(256)
    host_sku int ?
    os_language_version int
    host_architecture nvarchar(256)`,
    () => [
      {
        host_platform: type(),
        host_distribution: type(),
        host_release: release(),
        os_language_version: ENGLISH,
        host_architecture: arch() === 'x64' ? 'X64' : arch().toUpperCase(),
      },
    ],
  ),
]
