// bank_transfer.h, sentence by sentence.

#include "bank_transfer.h"

#include <racelings/rendezvous.h>
#include <racelings/scenes.h>

#include <stddef.h>

enum { PATIENCE = 1000 }; // milliseconds, of virtual time

// ---- Accounts: three people who know each other, and two strangers ----

static struct account *anna, *ben, *carl;
static struct account *xenia, *yuri;

static void open_accounts(long annas, long bens, long carls)
{
    anna = account_new(annas);
    ben = account_new(bens);
    carl = account_new(carls);
    xenia = account_new(100);
    yuri = account_new(0);
}

static void close_accounts(void)
{
    account_free(anna);
    account_free(ben);
    account_free(carl);
    account_free(xenia);
    account_free(yuri);
}

static void balances_are(long annas, long bens, long carls)
{
    scene_expect(account_balance(anna) == annas, "Anna has what is hers");
    scene_expect(account_balance(ben) == bens, "Ben has what is his");
    scene_expect(account_balance(carl) == carls, "Carl has what is his");
}

// ---- Transfers, one for each part of a scene ----

struct transfer {
    struct account *from, *to;
    long amount;
    transfer_check *check;
    bool done; // what account_transfer returned
};

static struct transfer transfers[3];

static void transfer(int number)
{
    struct transfer *own = &transfers[number];
    own->done = account_transfer(own->from, own->to, own->amount, own->check, own);
}

static void first_transfer(void)
{
    transfer(0);
}

static void second_transfer(void)
{
    transfer(1);
}

static void third_transfer(void)
{
    transfer(2);
}

static bool enough(long from_balance, long to_balance, long amount, void *context)
{
    (void)to_balance, (void)context;
    return from_balance >= amount;
}

static bool to_an_empty_one(long from_balance, long to_balance, long amount, void *context)
{
    (void)from_balance, (void)amount, (void)context;
    return to_balance == 0;
}

static bool never(long from_balance, long to_balance, long amount, void *context)
{
    (void)from_balance, (void)to_balance, (void)amount, (void)context;
    return false;
}

// ---- A new account ----

static void open_annas(void)
{
    anna = account_new(100);
    EXPECT(account_balance(anna) == 100);
}

static void open_bens(void)
{
    ben = account_new(-20);
    EXPECT(account_balance(ben) == -20);
}

static void annas_and_bens_differ(void)
{
    EXPECT(account_balance(anna) == 100);
    EXPECT(account_balance(ben) == -20);
    account_free(anna);
    account_free(ben);
}

// ---- What is moved ----

static void anna_pays_ben_who_pays_carl(void)
{
    open_accounts(100, 50, 0);
    transfers[0] = (struct transfer){anna, ben, 30, enough, false};
    transfers[1] = (struct transfer){ben, carl, 50, enough, false};
}

static void both_have_paid(void)
{
    scene_expect(transfers[0].done && transfers[1].done, "both transfers are made");
    balances_are(70, 30, 50);
    close_accounts();
}

static void anna_may_not_pay(void)
{
    open_accounts(100, 50, 0);
    transfers[0] = (struct transfer){anna, ben, 30, never, false};
    transfers[1] = (struct transfer){ben, carl, 50, enough, false};
}

static void only_ben_has_paid(void)
{
    scene_expect(!transfers[0].done && transfers[1].done,
                 "the first transfer is refused, the second one made");
    balances_are(100, 0, 50);
    close_accounts();
}

// ---- What the check is asked ----

static bool as_ordered(long from_balance, long to_balance, long amount, void *context)
{
    const struct transfer *own = context;
    scene_expect(own == &transfers[0], "the check is given its own context");
    scene_expect(from_balance == 100 && to_balance == 50 && amount == 30,
                 "the check is told both balances and the amount");
    return true;
}

static void anna_pays_ben_as_ordered(void)
{
    open_accounts(100, 50, 0);
    transfers[0] = (struct transfer){anna, ben, 30, as_ordered, false};
    transfers[1] = (struct transfer){xenia, yuri, 100, enough, false};
}

static void paid_as_ordered(void)
{
    scene_expect(transfers[0].done && transfers[1].done, "both transfers are made");
    balances_are(70, 80, 0);
    EXPECT(account_balance(xenia) == 0 && account_balance(yuri) == 100);
    close_accounts();
}

// ---- Transfers in opposite orders ----

static void there_and_back(void)
{
    open_accounts(100, 100, 0);
    transfers[0] = (struct transfer){anna, ben, 30, enough, false};
    transfers[1] = (struct transfer){ben, anna, 10, enough, false};
}

static void there_and_back_again(void)
{
    scene_expect(transfers[0].done && transfers[1].done, "both transfers are made");
    balances_are(80, 120, 0);
    close_accounts();
}

static void round_in_a_circle(void)
{
    open_accounts(100, 100, 100);
    transfers[0] = (struct transfer){anna, ben, 10, enough, false};
    transfers[1] = (struct transfer){ben, carl, 20, enough, false};
    transfers[2] = (struct transfer){carl, anna, 30, enough, false};
}

static void all_have_paid(void)
{
    scene_expect(transfers[0].done && transfers[1].done && transfers[2].done,
                 "all three transfers are made");
    balances_are(120, 90, 90);
    close_accounts();
}

// So many that two of them may look alike to whoever tells accounts apart by a few bits.
enum { MANY = 65 };
static struct account *many[MANY];

static void there_and_back_among_many(void)
{
    for (int i = 0; i < MANY; i++)
        many[i] = account_new(100);
    transfers[0] = (struct transfer){many[0], many[MANY - 1], 30, enough, false};
    transfers[1] = (struct transfer){many[MANY - 1], many[0], 10, enough, false};
}

// Ben comes when 255 others have come after Anna, and gone: a number in a byte is hers again.
static void bens_number_in_a_byte_is_annas(void)
{
    there_and_back();
    account_free(ben);
    for (int i = 0; i < 255 - 4; i++) // Ben, Carl, Xenia and Yuri came before
        account_free(account_new(0));
    ben = account_new(100);
    transfers[0].to = ben;
    transfers[1].from = ben;
}

static void nobody_else_has_paid(void)
{
    scene_expect(transfers[0].done && transfers[1].done, "both transfers are made");
    EXPECT(account_balance(many[0]) == 80 && account_balance(many[MANY - 1]) == 120);
    for (int i = 1; i < MANY - 1; i++)
        EXPECT(account_balance(many[i]) == 100);
    for (int i = 0; i < MANY; i++)
        account_free(many[i]);
}

// ---- The check and the money are one step ----

static void annas_last_money(void)
{
    open_accounts(30, 0, 0);
    transfers[0] = (struct transfer){anna, ben, 30, enough, false};
    transfers[1] = (struct transfer){anna, carl, 30, enough, false};
}

static void one_got_it(void)
{
    scene_expect(transfers[0].done != transfers[1].done, "one of the two transfers is made");
    balances_are(0, transfers[0].done ? 30 : 0, transfers[1].done ? 30 : 0);
    close_accounts();
}

static void carls_empty_purse(void)
{
    open_accounts(10, 20, 0);
    transfers[0] = (struct transfer){anna, carl, 10, to_an_empty_one, false};
    transfers[1] = (struct transfer){ben, carl, 20, to_an_empty_one, false};
}

static void one_has_filled_it(void)
{
    scene_expect(transfers[0].done != transfers[1].done, "one of the two transfers is made");
    balances_are(transfers[0].done ? 0 : 10, transfers[1].done ? 0 : 20,
                 transfers[0].done ? 10 : 20);
    close_accounts();
}

static void ben_needs_annas_money(void)
{
    open_accounts(30, 0, 0);
    transfers[0] = (struct transfer){anna, ben, 30, enough, false};
    transfers[1] = (struct transfer){ben, carl, 30, enough, false};
}

static void carl_got_it_or_ben_has_it(void)
{
    scene_expect(transfers[0].done, "the transfer is made");
    balances_are(0, transfers[1].done ? 0 : 30, transfers[1].done ? 30 : 0);
    close_accounts();
}

// ---- Somebody who looks on ----

static long seen_first, seen_again;

static void anna_looks_twice(void)
{
    seen_first = account_balance(anna);
    seen_again = account_balance(anna);
}

static void anna_pays_twice(void)
{
    open_accounts(100, 0, 0);
    transfers[0] = (struct transfer){anna, ben, 30, enough, false};
    transfers[1] = (struct transfer){anna, carl, 30, enough, false};
}

static void she_saw_it_go(void)
{
    scene_expect(seen_first == 100 || seen_first == 70 || seen_first == 40,
                 "a balance is one that there was at a moment");
    scene_expect(seen_again == 100 || seen_again == 70 || seen_again == 40,
                 "a balance is one that there was at a moment");
    scene_expect(seen_first >= seen_again, "what was paid is not there again later");
    balances_are(40, 30, 30);
    close_accounts();
}

// ---- Checks that take long ----

static struct rendezvous checked_together = RENDEZVOUS(2);
static bool met[3]; // by transfer: its check has met the other party

// A check that takes until the other party has come, once: it may be asked again.
static bool together(long from_balance, long to_balance, long amount, void *context)
{
    const struct transfer *own = context;
    bool *has_met = &met[own - transfers];
    if (!*has_met) {
        *has_met = true;
        scene_expect(rendezvous_meet(&checked_together, PATIENCE),
                     "nobody waits for a check of other accounts");
    }
    return enough(from_balance, to_balance, amount, context);
}

static void two_pairs(void)
{
    open_accounts(100, 0, 0);
    transfers[0] = (struct transfer){anna, ben, 30, together, false};
    transfers[1] = (struct transfer){xenia, yuri, 30, together, false};
}

static void both_pairs_have_paid(void)
{
    scene_expect(transfers[0].done && transfers[1].done, "both transfers are made");
    balances_are(70, 30, 0);
    EXPECT(account_balance(xenia) == 70 && account_balance(yuri) == 30);
    close_accounts();
}

// Carl waits for Anna; that must not keep out Xenia and Yuri.
static void two_pairs_and_one_who_waits(void)
{
    two_pairs();
    transfers[2] = (struct transfer){anna, carl, 10, enough, false};
}

static void all_three_have_paid(void)
{
    scene_expect(transfers[0].done && transfers[1].done && transfers[2].done,
                 "all three transfers are made");
    balances_are(60, 30, 10);
    EXPECT(account_balance(xenia) == 70 && account_balance(yuri) == 30);
    close_accounts();
}

// Takes until the bank has been used by a stranger from beginning to end.
static bool while_a_stranger_comes_and_goes(long from_balance, long to_balance, long amount,
                                            void *context)
{
    scene_expect(rendezvous_meet(&checked_together, PATIENCE), "the stranger comes");
    scene_expect(rendezvous_meet(&checked_together, PATIENCE), "the stranger goes, not kept");
    return enough(from_balance, to_balance, amount, context);
}

static void anna_pays_slowly(void)
{
    open_accounts(100, 0, 0);
    transfers[0] = (struct transfer){anna, ben, 30, while_a_stranger_comes_and_goes, false};
}

static void stranger(void)
{
    rendezvous_meet(&checked_together, PATIENCE);
    struct account *own = account_new(5);
    EXPECT(account_balance(own) == 5);
    EXPECT(account_balance(xenia) == 100);
    account_free(own);
    rendezvous_meet(&checked_together, PATIENCE);
}

static void anna_has_paid(void)
{
    scene_expect(transfers[0].done, "the transfer is made");
    balances_are(70, 30, 0);
    close_accounts();
}

// ---- What an account leaves behind ----

static long allocated_before;

// What is allocated once for all accounts is here by now.
static void use_accounts_once(void)
{
    there_and_back();
    first_transfer();
    close_accounts();
    allocated_before = scene_allocated();
    there_and_back();
}

static void nothing_is_left(void)
{
    close_accounts();
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"two new accounts",
     "An account with so much on it",
     NULL,
     {open_annas, open_bens},
     annas_and_bens_differ},
    {"two payments",
     "Moves `amount` from one account to another one",
     anna_pays_ben_who_pays_carl,
     {first_transfer, second_transfer},
     both_have_paid},
    {"refused",
     "returns true, if `check` says yes",
     anna_may_not_pay,
     {first_transfer, second_transfer},
     only_ben_has_paid},
    {"what is checked",
     "Says whether a transfer may be made while the two accounts have these balances.",
     anna_pays_ben_as_ordered,
     {first_transfer, second_transfer},
     paid_as_ordered},
    {"there and back",
     "However transfers cross each other, each of them ends.",
     there_and_back,
     {first_transfer, second_transfer},
     there_and_back_again},
    {"there and back among many",
     "However transfers cross each other, each of them ends.",
     there_and_back_among_many,
     {first_transfer, second_transfer},
     nobody_else_has_paid},
    {"there and back after many",
     "However transfers cross each other, each of them ends.",
     bens_number_in_a_byte_is_annas,
     {first_transfer, second_transfer},
     there_and_back_again},
    {"round in a circle",
     "However transfers cross each other, each of them ends.",
     round_in_a_circle,
     {first_transfer, second_transfer, third_transfer},
     all_have_paid},
    {"last money",
     "the accounts have the balances that `check` said yes to",
     annas_last_money,
     {first_transfer, second_transfer},
     one_got_it},
    {"empty purse",
     "the accounts have the balances that `check` said yes to",
     carls_empty_purse,
     {first_transfer, second_transfer},
     one_has_filled_it},
    {"handed on",
     "the accounts have the balances that `check` said yes to",
     ben_needs_annas_money,
     {first_transfer, second_transfer},
     carl_got_it_or_ben_has_it},
    {"looking on",
     "What is on it.",
     anna_pays_twice,
     {first_transfer, second_transfer, anna_looks_twice},
     she_saw_it_go},
    {"two pairs",
     "meanwhile only those wait who want one of these two accounts",
     two_pairs,
     {first_transfer, second_transfer},
     both_pairs_have_paid},
    {"two pairs and one who waits",
     "meanwhile only those wait who want one of these two accounts",
     two_pairs_and_one_who_waits,
     {first_transfer, second_transfer, third_transfer},
     all_three_have_paid},
    {"a stranger comes and goes",
     "meanwhile only those wait who want one of these two accounts",
     anna_pays_slowly,
     {first_transfer, stranger},
     anna_has_paid},
    {"nothing left",
     "The caller frees it.",
     use_accounts_once,
     {first_transfer, second_transfer},
     nothing_is_left},
    {.name = NULL},
};
