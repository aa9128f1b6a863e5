import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  ProjectionType,
  TableEncryptionV2,
  TableV2,
  type Attribute,
} from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { TABLE_KINDS, TABLE_TTL, type TableKind } from '../../shared/contract/table.ts';
import { localArn } from '../resource-names.ts';
import type { StageConfig } from '../stage-config.ts';
import type { PortalFunction } from './portal-function.ts';

const text = (name: string): Attribute => ({ name, type: AttributeType.STRING });

/** The one table. Sparse indexes hold only the items that have their keys: what is active, what has a mail to be sent. */
export class PortalTable extends Construct {
  private readonly table: TableV2;
  private readonly arn: string;

  constructor(scope: Construct, id: string, { environment, deletionProtection }: StageConfig) {
    super(scope, id);
    const tableName = `atmo-${environment}`;
    this.arn = localArn('dynamodb', `table/${tableName}`);
    this.table = new TableV2(this, 'Table', {
      tableName,
      partitionKey: text('pk'),
      sortKey: text('sk'),
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.dynamoOwnedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: TABLE_TTL,
      deletionProtection,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      globalSecondaryIndexes: [
        { indexName: 'byOwner', partitionKey: text('ownerKey'), sortKey: text('sortKey') },
        { indexName: 'byKind', partitionKey: text('kindKey'), sortKey: text('sortKey') },
        { indexName: 'byOwnerState', partitionKey: text('ownerStateKey'), sortKey: text('sortKey') },
        { indexName: 'byKindState', partitionKey: text('kindStateKey'), sortKey: text('sortKey') },
        { indexName: 'active', partitionKey: text('activeKey'), sortKey: text('activeSortKey') },
        { indexName: 'due', partitionKey: text('dueKey'), sortKey: text('dueSortKey') },
        { indexName: 'outbox', partitionKey: text('mailKey'), sortKey: text('mailSortKey') },
        {
          indexName: 'byEmrId',
          partitionKey: text('emrId'),
          projectionType: ProjectionType.KEYS_ONLY,
        },
      ],
    });
  }

  /** Single items and queries; nothing scans the table. */
  grantRead(fn: PortalFunction): void {
    fn.permit({ actions: ['dynamodb:GetItem', 'dynamodb:Query'], resources: [this.arn] });
    fn.permit({
      actions: ['dynamodb:Query'],
      resources: [`${this.arn}/index/*`],
      wildcard: 'The table’s own indexes, which all hold the same items.',
    });
    fn.configure({ table: this.table.tableName });
  }

  /** Looks for mails of all kinds at once. */
  grantScanOutbox(fn: PortalFunction): void {
    fn.permit({ actions: ['dynamodb:Scan'], resources: [`${this.arn}/index/outbox`] });
  }

  /** Reads everything, and writes items of these kinds. */
  grantPut(fn: PortalFunction, kinds: readonly TableKind[]): void {
    this.grantRead(fn);
    this.grantAppend(fn, kinds);
  }

  /** Reads everything, and writes and deletes items of these kinds. */
  grantReadWrite(fn: PortalFunction, kinds: readonly TableKind[]): void {
    this.grantRead(fn);
    this.permitOn(fn, ['dynamodb:PutItem', 'dynamodb:DeleteItem'], kinds);
  }

  /** Adds items of these kinds, and deletes none. */
  grantAppend(fn: PortalFunction, kinds: readonly TableKind[]): void {
    this.permitOn(fn, ['dynamodb:PutItem'], kinds);
  }

  /** Deletes items of these kinds, and writes none. */
  grantDelete(fn: PortalFunction, kinds: readonly TableKind[]): void {
    this.permitOn(fn, ['dynamodb:DeleteItem'], kinds);
  }

  /** Counts up in items of these kinds. */
  grantUpdate(fn: PortalFunction, kinds: readonly TableKind[]): void {
    this.permitOn(fn, ['dynamodb:UpdateItem'], kinds);
  }

  /** The partition key of an item begins with its kind. */
  private permitOn(fn: PortalFunction, actions: readonly string[], kinds: readonly TableKind[]): void {
    const ofKinds = kinds.flatMap((kind) => [TABLE_KINDS[kind], `${TABLE_KINDS[kind]}#*`]);
    fn.permit({
      actions,
      resources: [this.arn],
      conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ofKinds } },
    });
  }
}
