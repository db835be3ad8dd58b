import { randomUUID } from 'crypto';
import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import { LruMap } from '../lruMap';
import { ClaimStore } from '../n8n/claimStore';
import { processMemory } from './processMemory';

/** Whether n8n's store keeps claims apart, asked once by each process. */
const proofs = processMemory(
	'proofs that claims work',
	(capacity) => new LruMap<Promise<boolean>>(capacity),
);

/**
 * The claims of this node, which all processes of n8n share. Refused loudly where n8n no longer keeps them apart: then
 * every key after the first would look taken, and events would be lost.
 *
 * @throws NodeOperationError where the store does not work; whatever n8n says when its database cannot be asked
 */
export async function claimsOf(context: IExecuteFunctions): Promise<ClaimStore> {
	const store = new ClaimStore(context);
	const instance = context.getInstanceId();
	const proof = proofs.getOrMake(instance, () => store.works(randomUUID()));
	const works = await proof.catch((error: unknown) => {
		// Nothing is known yet; the next one asks again.
		proofs.delete(instance);
		throw error;
	});
	if (works) return store;
	throw new NodeOperationError(
		context.getNode(),
		'This version of n8n does not let a node remember what all its processes have seen',
		{
			description:
				'Nothing was let through and nothing was recorded. Update the PonponPay package, or use n8n’s own node Remove Duplicates.',
		},
	);
}
