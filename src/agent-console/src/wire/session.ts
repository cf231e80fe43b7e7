/** The roles the service knows; a person may hold several. */
export type Role = "Agent" | "Manager" | "Admin";

/** The signed-in person and the company they work for: `GET /api/console/session`. */
export interface Me {
  id: string;
  name: string;
  email: string;
  roles: Role[];
  company: Company;
}

export interface Company {
  name: string;
  bot: string;
  /** IANA name, for example `Europe/Dublin`. */
  timeZone: string;
  queues: { name: string; title: string }[];
}

/** What the bot learns decides how it answers everybody: that is for those who run the team. */
export function mayRunLearning(me: Me): boolean {
  return mayReadReports(me);
}

/** Reports are for those who run the team, not for the agents being measured. */
export function mayReadReports(me: Me): boolean {
  return me.roles.includes("Manager") || me.roles.includes("Admin");
}
