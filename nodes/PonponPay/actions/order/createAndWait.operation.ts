import { learnByField, waitOptions } from '../../wait/waitSettings';
import { simplifyField } from '../fields';
import type { Operation } from '../operation';
import { create } from './create.operation';

/** Fixed by this operation: it wakes itself, and its outputs need the one order shape. */
const LEFT_OUT = ['notifyExecution', 'notifyUrl'];

export const createAndWait: Operation = {
	name: 'Create and Wait',
	// The list of operations shows about 110 characters.
	description:
		'Create an order and pause until it is paid or over. To send its link, use Create, then Wait for Payment.',
	action: 'Create order and wait for payment',
	fields: [...create.fields.filter((field) => field !== simplifyField), learnByField],
	options: [
		...(create.options ?? []).filter(({ name }) => !LEFT_OUT.includes(name)),
		...waitOptions,
	],
	waits: true,
	async run(context) {
		const isWokenByCallback = context.field('learnBy') !== 'polling';
		return await create.run({
			...context,
			field: (name) => (name === 'simplify' ? true : context.field(name)),
			option: (name) => (name === 'notifyExecution' ? isWokenByCallback : context.option(name)),
		});
	},
};
