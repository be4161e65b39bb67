import { redirect } from 'next/navigation';
import { getCurrentUser } from '#lib/auth/sessions/current-user.ts';

export default async function HomePage() {
  redirect((await getCurrentUser()) ? '/chat' : '/login');
}
