import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openShop, type Shop, type ShopOptions } from '../n8n/shop.mts';

/** A shop with an n8n that nobody has used before; closing it leaves nothing behind. */
export async function openTestShop(options: Partial<ShopOptions> = {}): Promise<Shop> {
	const userFolder = await mkdtemp(join(tmpdir(), 'ponponpay-n8n-'));
	const forget = () => rm(userFolder, { recursive: true, force: true });
	try {
		const shop = await openShop({ userFolder, say: () => {}, ...options });
		return {
			...shop,
			close: async () => {
				await shop.close();
				await forget();
			},
		};
	} catch (error) {
		await forget();
		throw error;
	}
}
