package dev.recount.standalone.architecture.offender.auditing.audit;

import dev.recount.standalone.architecture.offender.auditing.command.Target;

record Offender(Target target) {}
