# A private Request Tracker: everything that belongs to one instance comes from the environment, nothing leaves the machine.
Set($rtname,              'tarn-and-trail');
Set($Organization,        'tarn-and-trail.example');
Set($Timezone,            'Europe/Dublin');

Set($DatabaseType,        'SQLite');
Set($DatabaseName,        "$ENV{RT_PRIVATE_HOME}/rt.db");

Set($WebDomain,           '127.0.0.1');
Set($WebPort,             $ENV{RT_PRIVATE_PORT} || 8081);
Set($WebBaseURL,          'http://127.0.0.1:' . ($ENV{RT_PRIVATE_PORT} || 8081));
Set($WebPath,             '');
Set($WebSecureCookies,    0);
Set($RestrictReferrer,    0);
$RT::MasonDataDir = "$ENV{RT_PRIVATE_HOME}/mason";

Set($MailCommand,         'testfile');
Set($RecordOutgoingEmail, 0);
Set($LogToSyslog,         undef);
Set($LogToSTDERR,         'warning');

# The default of 12 costs a third of a second per request.
Set($BcryptCost,          4);

# Where the scrip reports what has changed; nothing is sent while there is no secret.
Set($SupportBotWebhook,   $ENV{RT_PRIVATE_WEBHOOK} || '');
Set($SupportBotSecret,    $ENV{RT_PRIVATE_WEBHOOK_SECRET} || '');

1;
