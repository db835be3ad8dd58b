import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { PonponPayClient } from '../../shared/api/client';
import type { Callbacks, PostOutcome } from '../webhookCapability';

/** What an operation may know of the item it works on: its own fields, a client, and nothing of the engine. */
export type OperationContext = {
	readonly client: PonponPayClient;
	/** A field of this item, expressions resolved; a resource locator gives `{ mode, value }`. */
	field(name: string): unknown;
	/** A member of the collection "Options", `undefined` where it was not added. */
	option(name: string): unknown;
	/**
	 * The id of something this item creates: the same each time n8n tries this item again, different for every other item.
	 *
	 * @param purpose what is created, such as `order`
	 */
	derivedId(purpose: string): string;
	/** The workflow's time zone, as an IANA name. */
	readonly timezone: string;
	/** The address by which PonponPay can wake this very execution once it waits for a payment. */
	resumeUrl(): string;
	/** Checks and signs callbacks with the credential, which the operation itself does not see. */
	readonly callbacks: Callbacks;
	/** Whether this key comes to this node for the first time, over restarts too. At most so many are remembered. */
	isFirstTime(key: string, historySize: number): Promise<boolean>;
	/** The item as it came in. */
	readonly json: IDataObject;
	/** The bytes of a binary property of this item; `undefined` where it has none of that name. */
	binary(name: string): Promise<Buffer | undefined>;
	/** Puts a file into a binary property of the item that this one becomes. */
	attach(name: string, bytes: Buffer, fileName: string, mimeType: string): Promise<void>;
	/** Sends JSON to an address that is not PonponPay's, without the credential. */
	post(url: string, headers: Record<string, string>, body: Buffer): Promise<PostOutcome>;
	/** A remark that n8n shows with the result, for what is neither a success as asked nor a failure. */
	hint(text: string): void;
};

/** One operation: what it is called, what it asks for, what it does. One file each. */
export type Operation = {
	/** The entry in the drop-down. */
	readonly name: string;
	readonly description: string;
	/** The entry in n8n's list of actions: verb first, no article. */
	readonly action: string;
	readonly fields: INodeProperties[];
	/** Rarely needed fields, under "Options". */
	readonly options?: INodeProperties[];
	/** Whether it calls nothing of the API, so that there is nothing to set about requests. */
	readonly isLocal?: boolean;
	/** Whether the node then waits for the orders that `run` gives, and sorts them to three outputs. */
	readonly waits?: boolean;
	/**
	 * @returns one object, or several to become an item each
	 * @throws InvalidInput before anything is sent, ApiFailure after
	 */
	run(context: OperationContext): Promise<IDataObject | IDataObject[]>;
};

export type Resource = {
	readonly name: string;
	readonly description: string;
	readonly operations: Readonly<Record<string, Operation>>;
	readonly defaultOperation: string;
};
