import type { INodeParameters, INodeProperties, NodeParameterValueType } from 'n8n-workflow';

import { sampleProof } from '../../x402/sampleProof';
import { properties } from '../../../nodes/PonponPay/properties';

/** So that an operation which gives up slowly does not make the tests wait. */
const IMPATIENT = { mostTries: 1, timeout: 1 };

/**
 * An item's parameters for this operation with something in every field that it asks for: its default, else what its
 * placeholder shows, so that a new field needs no list of its own here.
 */
export function sampleFields(resource: string, operation: string): INodeParameters {
	const shown = properties.filter(({ displayOptions }) => {
		const { show } = displayOptions ?? {};
		return show?.resource?.includes(resource) && show.operation?.includes(operation);
	});
	const values = shown
		.filter(({ type }) => type !== 'notice')
		.map((field) => [field.name, sampleOf(field)] as const);
	return { ...Object.fromEntries(values), resource, operation };
}

function sampleOf(field: INodeProperties): NodeParameterValueType {
	const { name, type, required, default: standing, placeholder = '', options = [] } = field;
	switch (type) {
		case 'boolean':
			return true;
		case 'collection':
			return name === 'options' ? IMPATIENT : {};
		case 'multiOptions':
			return options.slice(0, 1).map((option) => ('value' in option ? option.value : ''));
		case 'resourceLocator':
			return locatorOf(field);
		case 'string':
			// Its signature is of this very minute.
			if (name === 'paymentSignature') return sampleProof();
			return standing === '' && required === true ? placeholder : standing;
		default:
			return standing;
	}
}

function locatorOf({ default: standing, modes = [] }: INodeProperties): INodeParameters {
	const { mode, value } = standing as { mode: string; value: string };
	if (value !== '') return { __rl: true, mode, value };
	const typed = modes.find(({ type }) => type === 'string');
	return { __rl: true, mode: typed?.name ?? mode, value: typed?.placeholder ?? '' };
}
