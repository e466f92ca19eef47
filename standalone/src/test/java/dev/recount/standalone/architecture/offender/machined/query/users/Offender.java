package dev.recount.standalone.architecture.offender.machined.query.users;

import dev.recount.standalone.architecture.offender.machined.query.daemon.Target;

record Offender(Target target) {}
