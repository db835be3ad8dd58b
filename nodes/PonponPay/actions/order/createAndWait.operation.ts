import { learnByField, waitOptions } from '../../wait/waitSettings';
import { simplifyField } from '../fields';
import type { Operation } from '../operation';
import { create } from './create.operation';

/** Fixed by this operation: it wakes itself, and its outputs need the one order shape. */
const LEFT_OUT = ['notifyExecution', 'notifyUrl'];

export const createAndWait: Operation = {
	name: 'Create and Wait',
	description:
		'Create an order and pause this execution until it is paid, expired or cancelled. Nothing is passed on before that, so it fits customers who get the link elsewhere, such as on a checkout page. To send the link from this workflow, use Create and then Wait for Payment.',
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
